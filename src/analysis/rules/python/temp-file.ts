import type { Rule } from '../rule.ts';
import { misusedCalls, python } from './misuse.ts';

export const tempFileRule: Rule = {
  id: 'PW-PY-TEMP-FILE',
  title: 'A temporary file can be put in place by someone else',
  category: 'other',
  cwe: 377,
  severity: 'warning',
  confidence: 'high',
  languages: python,
  docs: {
    risk: 'Another user of the machine makes the file, or a link of that name, before the program opens it.',
    remedy: 'Use `tempfile.NamedTemporaryFile`, `mkstemp` or `TemporaryDirectory`.',
    bad: 'import tempfile\n\nname = tempfile.mktemp()',
    good: 'import tempfile\n\nwith tempfile.NamedTemporaryFile() as file:\n    file.write(b"x")',
  },
  watches: [
    misusedCalls(
      'tempfile.mktemp os.tempnam os.tmpnam',
      call => `\`${call.method}\` gives a name that somebody else can take before it is opened.`,
    ),
    misusedCalls(
      'builtins.open os.open pathlib.Path.write_text pathlib.Path.write_bytes',
      (call, { values }) => {
        const path =
          call.receiver !== undefined && /^write_/.test(call.method) ? call.receiver : call.args[0]?.value;
        const name = path === undefined ? undefined : values.textOf(path);
        if (name === undefined || !/^\/(?:var\/)?tmp\/[^/]|^\/dev\/shm\/[^/]/.test(name)) return undefined;
        const mode = call.argument(1, 'mode');
        const text =
          mode === undefined ? (/^write_/.test(call.method) ? 'w' : 'r') : (values.textOf(mode.value) ?? '');
        return /[wax+]/.test(text)
          ? 'The name in the shared temporary folder is known to everyone.'
          : undefined;
      },
    ),
  ],
};
