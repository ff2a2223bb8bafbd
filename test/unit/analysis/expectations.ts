/** Zero-based line → the codes (`CODE` or `CODE:severity`) that the comment on the line above announces for it. */
export function expectationsIn(text: string): ReadonlyMap<number, readonly string[]> {
  const expected = new Map<number, readonly string[]>();
  text.split('\n').forEach((line, index) => {
    const above = /^\s*\/\/ expect: (.+)$/.exec(line)?.[1];
    const inline = /^\s*\/\* expect: (.+?) \*\/ \S/.exec(line)?.[1];
    const codes = above ?? inline;
    if (codes !== undefined) expected.set(above === undefined ? index : index + 1, codes.split(/,\s*/));
  });
  return expected;
}
