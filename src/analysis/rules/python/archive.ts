import type { Rule } from '../rule.ts';
import { misusedCalls, python } from './misuse.ts';

export const archiveRule: Rule = {
  id: 'PW-PY-ARCHIVE',
  title: 'An archive is unpacked wherever it says',
  category: 'path-traversal',
  cwe: 22,
  severity: 'warning',
  confidence: 'high',
  languages: python,
  docs: {
    risk: 'Names in a tar archive can begin with `/` or hold `..` and links: unpacking it writes over any file.',
    remedy:
      'Hand over `filter="data"` (Python 3.12, and the security releases of older ones), or check every member.',
    bad: 'import tarfile\n\ndef unpack(path):\n    with tarfile.open(path) as archive:\n        archive.extractall("/srv/data")',
    good: 'import tarfile\n\ndef unpack(path):\n    with tarfile.open(path) as archive:\n        archive.extractall("/srv/data", filter="data")',
  },
  watches: [
    misusedCalls('tarfile.TarFile.extractall tarfile.TarFile.extract', (call, { values }) => {
      const filter = call.argument(undefined, 'filter');
      if (filter !== undefined) {
        const name = values.textOf(filter.value);
        const isTrusting =
          name === 'fully_trusted' || values.pathsOf(filter.value).includes('tarfile.fully_trusted_filter');
        return isTrusting ? 'This filter lets every name and link in the archive through.' : undefined;
      }
      // Whoever names the members has looked at them.
      const members = call.argument(1, 'members');
      if (call.method === 'extractall' && members !== undefined) {
        const isAll = values.pathsOf(members.value).some(path => /TarFile(?:\.getmembers\(\))?$/.test(path));
        if (!isAll) return undefined;
      }
      if (call.method === 'extract') {
        const [member] = call.args;
        if (member === undefined || values.isFixed(member.value)) return undefined;
        if (values.taintOf(member.value, 'path-traversal')?.level !== 'user') return undefined;
      }
      return 'The archive’s names decide where its files are written: there is no `filter`.';
    }),
    misusedCalls('shutil.unpack_archive', (call, { values }) => {
      const [archive] = call.args;
      if (archive === undefined || call.argument(undefined, 'filter') !== undefined) return undefined;
      const format = call.argument(2, 'format');
      if (format && values.textOf(format.value) === 'zip') return undefined;
      if (values.isFixed(archive.value) || /\.zip$/.test(values.patternOf(archive.value))) return undefined;
      return 'The archive’s names decide where its files are written: there is no `filter`.';
    }),
  ],
};
