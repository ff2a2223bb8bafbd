import type { Abstract } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { go } from './languages.ts';

const READERS =
  /^(?:compress\/(?:gzip|zlib|bzip2|flate|lzw)\.NewReader(?:Dict)?\(\)|archive\/tar\.Reader|github\.com\/klauspost\/compress\/\w+\.NewReader\(\)|github\.com\/andybalholm\/brotli\.NewReader\(\)|github\.com\/ulikunitz\/xz\.NewReader\(\)|github\.com\/pierrec\/lz4\.NewReader\(\)|github\.com\/golang\/snappy\.NewReader\(\)|archive\/zip\.File\.Open\(\))$/;

/** Archives and streams that are unpacked without a limit. */
export const decompressionBombRule: Rule = {
  id: 'PW-GO-DECOMPRESSION-BOMB',
  title: 'A stream is unpacked without a limit',
  category: 'other',
  cwe: 409,
  severity: 'warning',
  confidence: 'medium',
  languages: go,
  docs: {
    risk: 'A few kilobytes can be made that unpack to terabytes, and fill the disk or the memory.',
    remedy: 'Unpack with `io.CopyN`, or from an `io.LimitReader`, and refuse what is longer.',
    bad: 'import (\n\t"compress/gzip"\n\t"io"\n\t"os"\n)\n\nfunc unpack(from io.Reader, to *os.File) {\n\tz, _ := gzip.NewReader(from)\n\tio.Copy(to, z)\n}',
    good: 'import (\n\t"compress/gzip"\n\t"io"\n\t"os"\n)\n\nfunc unpack(from io.Reader, to *os.File) {\n\tz, _ := gzip.NewReader(from)\n\tio.Copy(to, io.LimitReader(z, 1<<20))\n}',
  },
  watches: [
    {
      on: 'call',
      of: ['io.Copy', 'io.CopyBuffer'],
      check: (call, context) => {
        const source = call.argument(1);
        if (source !== undefined && isUnpacked(source.value, context)) {
          context.report(call.node, { message: 'This unpacks as much as the stream says, without a limit.' });
        }
      },
    },
    {
      on: 'call',
      of: ['io.ReadAll', 'io/ioutil.ReadAll'],
      check: (call, context) => {
        const source = call.argument(0);
        if (source !== undefined && isUnpacked(source.value, context)) {
          context.report(call.node, {
            message: 'This unpacks as much as the stream says into memory, without a limit.',
          });
        }
      },
    },
  ],
};

function isUnpacked(value: Abstract, { values }: RuleContext): boolean {
  const paths = values.pathsOf(value);
  if (paths.length > 0) return paths.some(path => READERS.test(path));
  return /archive/.test(values.taintOf(value, 'other')?.source ?? '');
}
