import type { TextEdit } from '../../base/index.ts';
import type { ManifestDocument } from '../document.ts';
import type { ManifestNode } from '../text/index.ts';
import {
  commaIn,
  jsonComment,
  lineStart,
  lineStop,
  membersOf,
  replaceAt,
  wholeLines,
  yamlComment,
} from './place.ts';
import { lineEnd } from './scalars.ts';

/** Puts text after the last member of a list or object in brackets, laid out as the first one is. */
export function insertBracketed(
  document: ManifestDocument,
  parent: ManifestNode,
  write: (indent: string) => string,
): TextEdit[] {
  const { text } = document;
  const members = membersOf(parent);
  const first = members[0];
  const last = members.at(-1);
  if (first === undefined || last === undefined) {
    const gap = text.slice(parent.start, parent.end) === '{}' ? ' ' : '';
    return [replaceAt(document, parent.start + 1, parent.start + 1, `${gap}${write('')}${gap}`)];
  }
  const indent = /[\r\n]([ \t]*)$/u.exec(text.slice(parent.start + 1, first.start))?.[1];
  if (indent === undefined) return [replaceAt(document, last.end, last.end, `, ${write('')}`)];
  const added = lineEnd(text) + indent + write(indent);
  const stop = Math.min(lineStop(text, last.end), parent.end - 1);
  const hasNote = text.slice(last.end, stop).trim().replace(',', '') !== '';
  if (!hasNote) return [replaceAt(document, last.end, last.end, `,${added}`)];
  // A comment behind the last member stays with it.
  const comma = commaIn(text, last.end, stop, commentOf(document));
  const separator = comma === undefined ? [replaceAt(document, last.end, last.end, ',')] : [];
  return [...separator, replaceAt(document, stop, stop, added)];
}

/** Takes a member out of a list or object in brackets, and the comma it no longer needs. */
export function removeBracketed(document: ManifestDocument, parent: ManifestNode, index: number): TextEdit[] {
  const { text } = document;
  const members = membersOf(parent);
  const member = members[index];
  if (member === undefined) return [];
  const comment = commentOf(document);
  const next = members[index + 1];
  const after = commaIn(text, member.end, next?.start ?? parent.end - 1, comment);
  const previous = members[index - 1];
  const cut = (start: number, end: number) => {
    const lines = wholeLines(text, start, end);
    return replaceAt(document, lines.start, lines.end, '');
  };
  if (after !== undefined) {
    const end = after + 1;
    const isInline = next !== undefined && !/[\r\n]/u.test(text.slice(end, next.start));
    const gap = isInline ? (/^[ \t]*/u.exec(text.slice(end))?.[0].length ?? 0) : 0;
    return [cut(member.start, end + gap)];
  }
  const before = previous === undefined ? undefined : commaIn(text, previous.end, member.start, comment);
  if (before === undefined) return [cut(member.start, member.end)];
  if (/^[ \t]*$/u.test(text.slice(before + 1, member.start)))
    return [replaceAt(document, before, member.end, '')];
  return [replaceAt(document, before, before + 1, ''), cut(member.start, member.end)];
}

/** A value as JSON, over several lines where the author's are; short lists of plain values stay in one. */
export function writeJson(document: ManifestDocument, value: unknown, indent: string): string {
  const { text } = document;
  const step = indent.startsWith('\t') ? '\t' : '  ';
  const write = (part: unknown, margin: string): string => {
    if (typeof part !== 'object' || part === null) return JSON.stringify(part) ?? 'null';
    const flat = flatJson(part);
    const isPlain = Object.values(part).every(inner => typeof inner !== 'object' || inner === null);
    if (indent === '' || (Array.isArray(part) && isPlain && margin.length + flat.length < 90)) return flat;
    const inside = margin + step;
    const members = Array.isArray(part)
      ? part.map(item => write(item, inside))
      : Object.entries(part).map(([key, item]) => `${JSON.stringify(key)}: ${write(item, inside)}`);
    const [open, close] = Array.isArray(part) ? '[]' : '{}';
    if (members.length === 0) return `${open}${close}`;
    const eol = lineEnd(text);
    return `${open}${eol}${inside}${members.join(`,${eol}${inside}`)}${eol}${margin}${close}`;
  };
  return write(value, indent);
}

/** A value in one line, as people write JSON. */
function flatJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flatJson).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${flatJson(item)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** The white space a line begins with, where the value at an offset goes over several; else empty. */
export function indentAt({ text }: ManifestDocument, offset: number): string {
  return /^[ \t]*/u.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? '';
}

function commentOf({ format }: ManifestDocument): RegExp {
  return format === 'json' ? jsonComment : yamlComment;
}
