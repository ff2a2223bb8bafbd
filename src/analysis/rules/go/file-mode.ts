import type { Rule } from '../rule.ts';
import { go } from './languages.ts';
import { membersOf } from './tainted.ts';

const SENSITIVE =
  /(?:\.(?:pem|key|p12|pfx|crt|kubeconfig|htpasswd|env|netrc)\b|id_rsa|id_ed25519|secret|passw|credential|token|private|authorized_keys|shadow)/i;

const modes = new Map<string, number>([
  ...membersOf('os', 'WriteFile OpenFile').map((path): [string, number] => [path, 2]),
  ...membersOf('os', 'Mkdir MkdirAll Chmod').map((path): [string, number] => [path, 1]),
  ['io/ioutil.WriteFile', 2],
  ['os.File.Chmod', 0],
  ['syscall.Chmod', 1],
  ['syscall.Mkdir', 1],
  ['golang.org/x/sys/unix.Chmod', 1],
]);

/** Files that every user of the machine may write to, and secrets they may read. */
export const fileModeRule: Rule = {
  id: 'PW-GO-FILE-MODE',
  title: 'Every user of the machine may change this file',
  category: 'other',
  cwe: 732,
  severity: 'warning',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'Any program on the machine changes what is in the file, or reads the secret in it.',
    remedy: 'Use `0o644` and `0o755`, for secrets `0o600` and `0o700`.',
    bad: 'import "os"\n\nfunc save(b []byte) {\n\tos.WriteFile("state.json", b, 0777)\n}',
    good: 'import "os"\n\nfunc save(b []byte) {\n\tos.WriteFile("state.json", b, 0o644)\n}',
  },
  watches: [
    {
      on: 'call',
      of: [...modes.keys()],
      check: (call, context) => {
        const position = call.paths.map(path => modes.get(path)).find(one => one !== undefined);
        const given = position === undefined ? undefined : call.argument(position);
        if (given === undefined) return;
        const { values } = context;
        const mode = values.constantsOf(given.value).find(one => typeof one === 'number');
        const isEverybodys = values.pathsOf(given.value).includes('os.ModePerm');
        if (isEverybodys || (typeof mode === 'number' && (mode & 0o002) !== 0 && (mode & 0o1000) === 0)) {
          context.report(call.node, { message: 'Every user of the machine may write here.' });
          return;
        }
        const [path] = call.args;
        if (typeof mode !== 'number' || (mode & 0o044) === 0 || path === undefined || position === 0) return;
        if (/Mkdir/.test(call.method)) return;
        if (
          SENSITIVE.test(values.patternOf(path.value)) &&
          !/\.(?:crt|pub)$/.test(values.patternOf(path.value))
        ) {
          context.report(call.node, { message: 'Every user of the machine may read this secret.' });
        }
      },
    },
    {
      on: 'call',
      of: ['syscall.Umask', 'golang.org/x/sys/unix.Umask'],
      check: (call, context) => {
        const [mask] = call.args;
        if (mask === undefined || context.values.constantsOf(mask.value)[0] !== 0) return;
        context.report(call.node, { message: 'From here on every user may write to new files.' });
      },
    },
  ],
};
