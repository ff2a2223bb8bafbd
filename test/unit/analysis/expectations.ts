/**
 * What a fixture says of its lines: zero-based line → the codes (`CODE` or `CODE:severity`) that a comment on the line
 * above announces for it; an empty list where it says `clean`.
 */
export function marksIn(text: string): ReadonlyMap<number, readonly string[]> {
  const marks = new Map<number, readonly string[]>();
  text.split('\n').forEach((line, index) => {
    const inline = /^\s*\/\* expect: (.+?) \*\/ \S/.exec(line)?.[1];
    if (inline !== undefined) {
      marks.set(index, inline.split(/,\s*/));
      return;
    }
    const above = /^\s*(?:\/\/|#|\/\*|\{\/\*) (?:expect: (.+?)|clean\b.*?)(?: ?\*\/\}?)?$/.exec(line);
    if (above !== null) marks.set(index + 1, above[1]?.split(/,\s*/) ?? []);
  });
  return marks;
}
