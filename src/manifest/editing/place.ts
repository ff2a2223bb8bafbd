import type { TextEdit } from '../../base/index.ts';
import type { ManifestDocument } from '../document.ts';
import type { ManifestNode, Span } from '../text/index.ts';

/** A replacement by offsets. */
export function replaceAt(
  { lines }: ManifestDocument,
  start: number,
  end: number,
  newText: string,
): TextEdit {
  return { range: lines.rangeOf(start, end), newText };
}

/** What a list or an object holds, each with its key. */
export function membersOf(node: ManifestNode): Span[] {
  if (node.kind === 'array') return node.items.map(({ start, end }) => ({ start, end }));
  if (node.kind !== 'object') return [];
  return node.properties.map(({ keySpan, value }) => ({
    start: keySpan.start,
    // The value of an alias stands elsewhere.
    end: value.start >= keySpan.end ? value.end : keySpan.end,
  }));
}

/** Offset of the comma in a stretch of text between values, comments left out; `undefined` when there is none. */
export function commaIn(text: string, start: number, end: number, comment: RegExp): number | undefined {
  const gap = text.slice(start, end).replace(comment, found => ' '.repeat(found.length));
  const at = gap.indexOf(',');
  return at < 0 ? undefined : start + at;
}

/** Comments of JSON with comments. */
export const jsonComment = /\/\*[\s\S]*?\*\/|\/\/[^\r\n]*/gu;
/** Comments of YAML. */
export const yamlComment = /(?<=^|\s)#[^\r\n]*/gu;

/** The offset of the beginning of the line an offset is in. */
export function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

/** The offset of the end of the line an offset is in, before its line break. */
export function lineStop(text: string, offset: number): number {
  const found = /[\r\n]/u.exec(text.slice(offset));
  return found === null ? text.length : offset + found.index;
}

/** A span grown to its whole lines, line break included, when nothing else stands there. */
export function wholeLines(text: string, start: number, end: number): Span {
  const from = lineStart(text, start);
  const to = lineStop(text, end);
  const isAlone = /^[ \t]*$/u.test(text.slice(from, start)) && /^[ \t]*$/u.test(text.slice(end, to));
  if (!isAlone || to === text.length) return { start, end };
  return { start: from, end: to + (text.startsWith('\r\n', to) ? 2 : 1) };
}
