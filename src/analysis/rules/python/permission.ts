import type { Rule } from '../rule.ts';
import { lastPart, misusedCalls, only, python } from './misuse.ts';

export const permissionRule: Rule = {
  id: 'PW-PY-PERMISSION',
  title: 'Everyone may change a file',
  category: 'other',
  cwe: 732,
  severity: 'warning',
  confidence: 'high',
  languages: python,
  docs: {
    risk: 'Every user and program of the machine can change what the plugin reads and runs.',
    remedy: 'Give files `0o600` or `0o644` and folders `0o700`.',
    bad: 'import os\n\nos.chmod("run.sh", 0o777)',
    good: 'import os\n\nos.chmod("run.sh", 0o700)',
  },
  watches: [
    misusedCalls(
      'os.chmod os.fchmod os.lchmod pathlib.Path.chmod os.mkdir os.makedirs os.open os.mkfifo',
      (call, context) => {
        const name = lastPart(call);
        const position = name === 'open' ? 2 : call.paths.includes('pathlib.Path.chmod') ? 0 : 1;
        const mode = only(call.argument(position, 'mode')?.value, context);
        if (typeof mode === 'number')
          return (mode & 0o002) !== 0
            ? `Mode 0o${mode.toString(8)} lets everyone on the machine change it.`
            : undefined;
        const given = call.argument(position, 'mode');
        const text = given === undefined ? '' : context.textOf(given.node);
        return /\bS_IWOTH\b|\bS_IRWXO\b/.test(text)
          ? 'This mode lets everyone on the machine change it.'
          : undefined;
      },
    ),
    misusedCalls('os.umask', (call, context) => {
      const mask = only(call.args[0]?.value, context);
      return mask === 0 ? 'Every file made from here on can be changed by everyone.' : undefined;
    }),
  ],
};
