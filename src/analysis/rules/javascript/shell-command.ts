import type { CallEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

const SHELLS = [
  'child_process.exec',
  'child_process.execSync',
  'execa.command',
  'execa.commandSync',
  'execa.execaCommand',
  'execa.execaCommandSync',
  'shelljs.exec',
  'child-process-promise.exec',
  'child_process_promise.exec',
  'promisify-child-process.exec',
  'exec-sh',
  'exec-sh.promise',
  'node-cmd.run',
  'node-cmd.get',
  'node-cmd.runSync',
  'shell-exec',
  'await-exec',
  'sync-exec',
  'node-exec-promise.exec',
  'ssh2.Client.exec',
  'node-ssh.NodeSSH.execCommand',
  'simple-ssh.exec',
  'global.Bun.$',
];

/** Programs that start others, and run in a shell when asked to. */
export const STARTERS = [
  'child_process.spawn',
  'child_process.spawnSync',
  'child_process.execFile',
  'child_process.execFileSync',
  'child_process.fork',
  'child-process-promise.spawn',
  'child-process-promise.execFile',
  'cluster.fork',
  'cross-spawn',
  'cross-spawn.sync',
  'cross-spawn.spawn',
  'execa',
  'execa.execa',
  'execa.execaSync',
  'execa.sync',
  'execa.execaNode',
  'node-pty.spawn',
  'tinyexec.x',
  'nano-spawn',
  'global.Bun.spawn',
  'global.Bun.spawnSync',
  'global.Deno.Command',
  'python-shell.PythonShell.run',
];

/** What makes a shell read the next argument as a script. */
const FLAG = /^[-/](?:\w*c|Command|EncodedCommand)$/i;

export const shellCommandRule: Rule = {
  id: 'PW-JS-EXEC',
  title: 'A command line is run by a shell',
  category: 'command-injection',
  cwe: 78,
  severity: 'error',
  confidence: 'high',
  languages: javascriptLanguages,
  docs: {
    risk: 'A shell reads `;`, `$(…)`, `|` and quotes in the text: a file name or an answer from the network becomes another command.',
    remedy: 'Use `execFile` or `spawn` without `shell`, with the arguments as a list.',
    bad: "require('child_process').exec('git log ' + branch);",
    good: "const log = await context.tools.run('git', ['log', '--oneline', branch]);",
  },
  watches: [
    { on: 'call', of: SHELLS, check: (call, context) => judge(call, commandOf(call), context) },
    {
      on: 'call',
      of: STARTERS,
      check: (call, context) => {
        if (startsShell(call, context)) judge(call, scriptOf(call, context), context);
        else if (asksForShell(call)) judge(call, commandOf(call), context);
      },
    },
  ],
};

/** Whether the options say `shell: true` or name one. */
export function asksForShell(call: CallEvent): boolean {
  const shell = call.option('shell');
  if (shell === undefined) return false;
  return shell.constants?.length !== 1 || Boolean(shell.constants[0]);
}

/** `spawn('sh', ['-c', text])`: the shell is asked for by its name. */
export function startsShell(call: CallEvent, { values }: RuleContext): boolean {
  const program = call.args[0] && values.textOf(call.args[0].value);
  if (typeof program !== 'string') return false;
  if (!/(?:^|[\\/])(?:ba|z|da|k|a)?sh$|^(?:cmd(?:\.exe)?|powershell(?:\.exe)?|pwsh)$/i.test(program))
    return false;
  const list = call.args[1];
  return list !== undefined && values.elements(list.value).some(one => FLAG.test(String(values.textOf(one))));
}

type Arguments = CallEvent['args'];

/** What follows `-c`; after it come arguments, which the shell does not read. */
function scriptOf(call: CallEvent, { values }: RuleContext): Arguments {
  const list = call.args[1];
  if (list === undefined) return [];
  const { node, name } = list;
  const elements = values.elements(list.value);
  const at = elements.findIndex(one => FLAG.test(String(values.textOf(one))));
  const script = elements[at + 1];
  return script === undefined ? [list] : [{ node, name, value: script }];
}

/** The command, and the list of arguments, which the shell gets too. */
function commandOf(call: CallEvent): Arguments {
  return call.args.filter(({ value, node }, index) => {
    if (index === 0) return true;
    return index === 1 && value.callable === undefined && !isOptions(call, index) && node.type !== 'object';
  });
}

function isOptions(call: CallEvent, index: number): boolean {
  const value = call.args[index]?.value;
  return value?.fields !== undefined && [...value.fields.keys()].some(key => !/^\d+$/.test(key));
}

function judge(call: CallEvent, parts: Arguments, context: RuleContext): void {
  const { values } = context;
  const name = call.method;
  for (const { value } of parts) {
    const taint = values.taintOf(value, 'command-injection');
    if (taint === undefined) continue;
    context.report(call.node, {
      message: `${taint.source.charAt(0).toUpperCase()}${taint.source.slice(1)} is run by a shell (\`${name}\`).`,
      severity: taint.level === 'user' ? 'error' : 'warning',
      taint,
    });
    return;
  }
  const isOpen = (one: Arguments[number]): boolean => {
    const all = values.elements(one.value);
    const whole = all.length > 0 ? all : [one.value];
    return whole.some(
      part =>
        !values.isFixed(part) && !values.isHarmless(part) && !values.isCleared(part, 'command-injection'),
    );
  };
  if (parts.some(isOpen) || parts.length === 0) {
    if (call.args.length === 0 && !call.hasSpread) return;
    context.report(call.node, {
      message: `\`${name}\` hands a command line to a shell that is put together when the plugin runs.`,
      severity: 'warning',
    });
    return;
  }
  context.report(call.node, {
    message: `\`${name}\` hands a fixed command line to a shell.`,
    severity: 'info',
  });
}
