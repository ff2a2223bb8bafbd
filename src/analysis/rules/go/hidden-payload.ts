import type { Abstract } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { go } from './languages.ts';

const DECODERS = /^(?:encoding\/(?:base64|base32)\.\w+\.DecodeString\(\)|encoding\/hex\.DecodeString\(\))$/;

/** Programs and scripts that stand in the source in a form nobody can read. */
export const hiddenPayloadRule: Rule = {
  id: 'PW-GO-HIDDEN-PAYLOAD',
  title: 'Something that is hidden in the source is run',
  category: 'obfuscation',
  cwe: 506,
  severity: 'error',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'Honest code has no reason to hide what it runs; this is how malware gets past those who read the source.',
    remedy: 'Write the command as it is.',
    bad: 'import (\n\t"encoding/base64"\n\t"os/exec"\n)\n\nfunc init() {\n\tb, _ := base64.StdEncoding.DecodeString("cm0gLXJmIC8=")\n\texec.Command("sh", "-c", string(b)).Run()\n}',
    good: 'import "os/exec"\n\nfunc list() {\n\texec.Command("ls", "-l").Run()\n}',
  },
  watches: [
    {
      on: 'call',
      of: [
        'os/exec.Command',
        'os/exec.CommandContext',
        'syscall.Exec',
        'plugin.Open',
        'net/http.Get',
        'net.Dial',
      ],
      check: (call, context) => {
        if (call.args.some(({ value }) => isDecoded(value, context))) {
          context.report(call.node, { message: 'What is used here stands hidden in the source.' });
        }
      },
    },
  ],
};

function isDecoded(value: Abstract, { values }: RuleContext): boolean {
  if (values.taintOf(value, 'obfuscation') !== undefined) return false;
  const pieces = (value.text ?? []).filter(piece => typeof piece !== 'string');
  return [value, ...pieces].some(one => values.pathsOf(one).some(path => DECODERS.test(path)));
}
