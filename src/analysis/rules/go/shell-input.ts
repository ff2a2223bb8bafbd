import type { Abstract, CallEvent, WriteEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { go } from './languages.ts';
import { declarationAround, reportOf } from './tainted.ts';

/** A shell that is started without a script reads one from its input. */
const SHELL =
  /\bCommand(?:Context)?\((?:\w+(?:\.\w+\(\))?,\s*)?"(?:\/(?:usr\/)?bin\/)?(?:ba|z|da|k)?sh"(?:,\s*"-[si]")?\s*\)/;

/** Text that a shell reads from its standard input. */
export const shellInputRule: Rule = {
  id: 'PW-GO-SHELL-INPUT',
  title: 'A shell reads what others write',
  category: 'command-injection',
  cwe: 78,
  severity: 'error',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'A shell runs every line that comes in on its input: whoever writes it runs anything with the rights of this process.',
    remedy: 'Run the program itself, without a shell, and hand its arguments over one by one.',
    bad: 'import (\n\t"net/http"\n\t"os/exec"\n)\n\nfunc run(w http.ResponseWriter, r *http.Request) {\n\tcmd := exec.Command("sh")\n\tcmd.Stdin = r.Body\n\tcmd.Run()\n}',
    good: 'import (\n\t"net/http"\n\t"os/exec"\n)\n\nfunc run(w http.ResponseWriter, r *http.Request) {\n\tcmd := exec.Command("wc", "-l")\n\tcmd.Stdin = r.Body\n\tcmd.Run()\n}',
  },
  watches: [
    {
      on: 'write',
      of: ['os/exec.Cmd.Stdin'],
      check: (write, context) => judge(write, write.value, context),
    },
    {
      on: 'call',
      of: ['io.WriteString', 'fmt.Fprint', 'fmt.Fprintf', 'fmt.Fprintln', 'io.Copy'],
      check: (call, context) => {
        const [pipe, ...rest] = call.args;
        const isPipe = pipe && context.values.pathsOf(pipe.value).includes('os/exec.Cmd.StdinPipe()');
        if (isPipe !== true) return;
        for (const { value } of rest) if (judge(call, value, context)) return;
      },
    },
    {
      on: 'call',
      of: ['os/exec.Cmd.StdinPipe().Write'],
      check: (call, context) => {
        if (call.args[0] !== undefined) judge(call, call.args[0].value, context);
      },
    },
  ],
};

function judge(event: CallEvent | WriteEvent, value: Abstract, context: RuleContext): boolean {
  const taint = context.values.taintOf(value, 'command-injection');
  const around = declarationAround(event.node);
  if (taint === undefined || taint.level === 'parameter' || around === undefined) return false;
  if (!SHELL.test(context.text.slice(around.start, event.node.start))) return false;
  context.report(event.node, reportOf(taint, 'is run by a shell'));
  return true;
}
