import type { ArgumentView, CallEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { go } from './languages.ts';
import { reportOf, subjectOf } from './tainted.ts';

const SHELLS = /^(?:sh|bash|zsh|dash|ksh|ash|fish|busybox|cmd|powershell|pwsh)(?:\.exe)?$/i;

/** Programs that run what their arguments say. */
const RUNNERS =
  /^(?:python[\d.]*|perl|ruby|node|php|lua|ssh|sudo|su|env|xargs|find|nohup|timeout|eval|awk|gawk|sed|tar|docker|kubectl|osascript)$/i;

/** Programs, shell scripts and arguments that are not fixed, as they are handed to the system. */
export const commandRule: Rule = {
  id: 'PW-GO-COMMAND',
  title: 'Others have a say in what program is run',
  category: 'command-injection',
  cwe: 78,
  severity: 'error',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'Text that reaches a shell, or names the program, lets whoever writes it run anything with the rights of this process.',
    remedy:
      'Name the program in the source, hand each argument over alone and without a shell, and check arguments against a list.',
    bad: 'import (\n\t"net/http"\n\t"os/exec"\n)\n\nfunc ping(w http.ResponseWriter, r *http.Request) {\n\texec.Command("sh", "-c", "ping "+r.FormValue("host")).Run()\n}',
    good: 'import "os/exec"\n\nfunc ping() error {\n\treturn exec.Command("ping", "-c", "1", "localhost").Run()\n}',
  },
  watches: [
    {
      on: 'call',
      of: ['os/exec.Command', 'os/exec.CommandContext'],
      check: (call, context) => {
        judge(call, call.args.slice(call.paths.includes('os/exec.CommandContext') ? 1 : 0), context);
      },
    },
    {
      on: 'call',
      of: [
        'syscall.Exec',
        'syscall.ForkExec',
        'syscall.StartProcess',
        'os.StartProcess',
        'golang.org/x/sys/unix.Exec',
      ],
      check: (call, context) => {
        const [program, list] = call.args;
        const items = list === undefined ? [] : itemsOf(list, context);
        judge(call, program === undefined ? [] : [program, ...items.slice(1)], context);
      },
    },
    {
      on: 'call',
      of: ['os/exec.Cmd'],
      check: (call, context) => {
        if (!call.isNew) return;
        const path = call.option('Path');
        const list = call.option('Args');
        const items =
          list === undefined ? [] : itemsOf({ node: call.node, name: undefined, value: list }, context);
        const program = path === undefined ? items[0] : { node: call.node, name: undefined, value: path };
        judge(call, program === undefined ? [] : [program, ...items.slice(1)], context);
      },
    },
    {
      on: 'call',
      of: [
        ...['Run', 'Start', 'Output', 'CombinedOutput'].map(
          name => `golang.org/x/crypto/ssh.Session.${name}`,
        ),
        'C.system',
        'C.popen',
        'github.com/bitfield/script.Exec',
        'github.com/melbahja/goph.Client.Run',
        'github.com/appleboy/easyssh-proxy.MakeConfig.Run',
      ],
      check: (call, context) => {
        const [script] = call.args;
        if (script !== undefined) judgeScript(call, script, context);
      },
    },
  ],
};

function itemsOf(list: ArgumentView, { values }: RuleContext): ArgumentView[] {
  return values.elements(list.value).map(value => ({ ...list, value }));
}

function judge(call: CallEvent, args: readonly ArgumentView[], context: RuleContext): void {
  const { values } = context;
  const [program, ...rest] = args;
  if (program === undefined) return;
  const taint = values.taintOf(program.value, 'command-injection');
  if (taint !== undefined) {
    context.report(call.node, reportOf(taint, 'decides which program is run'));
    return;
  }
  const names = values.constantsOf(program.value).map(name => String(name).replace(/^.*[\\/]/, ''));
  if (names.some(name => SHELLS.test(name))) {
    for (const argument of rest) if (judgeScript(call, argument, context)) return;
    return;
  }
  for (const argument of rest) {
    const given = values.taintOf(argument.value, 'command-injection');
    if (given?.level !== 'user') continue;
    const runs = names.some(name => RUNNERS.test(name));
    context.report(call.node, {
      message: runs
        ? `${subjectOf(given)} is run by \`${names[0]}\`, which does what its arguments say.`
        : `${subjectOf(given)} is an argument of a program: one that begins with \`-\` is an option.`,
      severity: runs ? 'error' : 'warning',
      taint: given,
    });
    return;
  }
}

function judgeScript(call: CallEvent, { value }: ArgumentView, context: RuleContext): boolean {
  const { values } = context;
  const taint = values.taintOf(value, 'command-injection');
  if (taint !== undefined) context.report(call.node, reportOf(taint, 'is run by a shell'));
  else {
    if (values.isFixed(value) || values.isHarmless(value) || values.isCleared(value, 'command-injection'))
      return false;
    context.report(call.node, { message: 'Text that is not fixed is run by a shell.', severity: 'warning' });
  }
  return true;
}
