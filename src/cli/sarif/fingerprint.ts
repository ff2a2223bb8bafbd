import { createHash } from 'node:crypto';
import { relative, sep } from 'node:path';
import type { Finding } from '../../base/index.ts';

/**
 * Names findings so that the names stay the same while lines above come and go: by the rule, the file, the line's text,
 * and which of equals it is. Ask for all findings of a report in its order.
 *
 * @param root folder that files are named relative to
 * @param textOf a file's text; `undefined` when there is none
 */
export function createFingerprints(
  root: string,
  textOf: (file: string) => string | undefined,
): (finding: Finding) => string {
  const seen = new Map<string, number>();
  return ({ code, file, range }) => {
    const line =
      textOf(file)
        ?.split(/\r\n|\r|\n/)
        [range.start.line]?.trim() ?? '';
    const key = JSON.stringify([code, relative(root, file).split(sep).join('/'), line]);
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    return createHash('sha256').update(`${key}${nth}`).digest('hex').slice(0, 32);
  };
}
