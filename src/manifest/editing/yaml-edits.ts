import * as yaml from 'yaml';
import type { TextEdit } from '../../base/index.ts';
import type { ManifestDocument } from '../document.ts';
import type { SourcePath } from '../model.ts';
import type { ManifestNode, ManifestProperty } from '../text/index.ts';
import { insertBracketed, removeBracketed, writeJson } from './json-edits.ts';
import { lineStart, lineStop, membersOf, replaceAt } from './place.ts';
import { lineEnd, scalarText } from './scalars.ts';

/** True for `{…}` and `[…]`. */
export function isFlow({ text }: ManifestDocument, node: ManifestNode): boolean {
  return node.kind !== 'scalar' && /[[{]/u.test(text.charAt(node.start));
}

/** Adds a property to an object, or an item to a list when there is no key. */
export function insertYaml(
  document: ManifestDocument,
  parent: ManifestNode,
  key: string | undefined,
  value: unknown,
): TextEdit[] {
  if (isFlow(document, parent))
    return insertBracketed(document, parent, () =>
      key === undefined
        ? writeJson(document, value, '')
        : `${JSON.stringify(key)}: ${writeJson(document, value, '')}`,
    );
  const last = membersOf(parent).at(-1);
  if (last === undefined) return [];
  const { text } = document;
  const written = writeBlock(
    document,
    key === undefined ? [value] : { [key]: value },
    columnOf(text, parent.start),
  );
  const end = contentEnd(document, parent);
  const eol = lineEnd(text);
  // A block scalar ends with its line break.
  if (/[\r\n]/u.test(text.charAt(end - 1))) return [replaceAt(document, end, end, written + eol)];
  const stop = lineStop(text, end);
  return [replaceAt(document, stop, stop, eol + written)];
}

/** Puts another value in the place of one. */
export function replaceYaml(document: ManifestDocument, path: SourcePath, value: unknown): TextEdit[] {
  const node = document.nodeAt(path);
  if (node === undefined) return [];
  const { text } = document;
  const parent = document.nodeAt(path.slice(0, -1));
  const isInFlow = parent !== undefined && isFlow(document, parent);
  const isScalar = typeof value !== 'object' || value === null;
  const hasText = node.end > node.start;
  if (hasText && (isInFlow || (isFlow(document, node) && Array.isArray(value))))
    return [replaceAt(document, node.start, node.end, writeJson(document, value, ''))];
  if (isScalar && node.kind === 'scalar' && hasText) {
    const scalar = scalarText(document, value as string, document.sourceOf(node));
    return [replaceAt(document, node.start, node.end, scalar)];
  }
  const property = document.propertyAt(path);
  if (property === undefined || isInFlow) return [];
  const start = property.keySpan.start;
  const end = propertyEnd(document, property);
  const written = writeBlock(document, { k: value }, columnOf(text, start)).trimStart().replace(/^k/u, '');
  const tail = /[\r\n]/u.test(text.charAt(end - 1)) ? lineEnd(text) : '';
  return [replaceAt(document, property.keySpan.end, end, written + tail)];
}

/** Takes a property or an item out; empty for the only one of a block, which would leave nothing to stand there. */
export function removeYaml(document: ManifestDocument, parent: ManifestNode, index: number): TextEdit[] {
  if (isFlow(document, parent)) return removeBracketed(document, parent, index);
  const { text } = document;
  const members = membersOf(parent);
  const member = members[index];
  if (member === undefined || members.length === 1) return [];
  const next = members[index + 1];
  const start = parent.kind === 'array' ? text.lastIndexOf('-', member.start) : member.start;
  const from = lineStart(text, start);
  // The first key of a list's item shares its line with the dash.
  if (/\S/u.test(text.slice(from, start)))
    return next === undefined ? [] : [replaceAt(document, start, next.start, '')];
  const child = parent.kind === 'array' ? parent.items[index] : undefined;
  const property = parent.kind === 'object' ? parent.properties[index] : undefined;
  const end =
    property !== undefined
      ? propertyEnd(document, property)
      : child === undefined
        ? member.end
        : contentEnd(document, child);
  if (/[\r\n]/u.test(text.charAt(end - 1))) return [replaceAt(document, from, end, '')];
  const stop = lineStop(text, end);
  const after = text.startsWith('\r\n', stop) ? 2 : stop < text.length ? 1 : 0;
  return [replaceAt(document, from, stop + after, '')];
}

function propertyEnd(document: ManifestDocument, { keySpan, value }: ManifestProperty): number {
  const colon = /^[ \t]*:/u.exec(document.text.slice(keySpan.end))?.[0].length ?? 0;
  const end = value.start >= keySpan.end && value.end > value.start ? contentEnd(document, value) : 0;
  return Math.max(end, keySpan.end + colon);
}

/** Where the last text of a value ends; a block goes on to the next key, over comments and empty lines. */
function contentEnd(document: ManifestDocument, node: ManifestNode): number {
  if (node.kind === 'scalar' || isFlow(document, node)) return node.end;
  if (node.kind === 'array') {
    const item = node.items.at(-1);
    return item === undefined || item.start < node.start ? node.end : contentEnd(document, item);
  }
  const property = node.properties.at(-1);
  return property === undefined ? node.end : propertyEnd(document, property);
}

function columnOf(text: string, offset: number): number {
  const start = lineStart(text, offset);
  // A byte order mark takes no column; what begins before it begins in the first one.
  return Math.max(0, offset - start - (text.startsWith('\uFEFF') && start === 0 ? 1 : 0));
}

/** A value in block style, each line but a blank one moved in; without the last line break. */
function writeBlock({ text }: ManifestDocument, value: unknown, column: number): string {
  const margin = ' '.repeat(column);
  return yaml
    .stringify(value, { lineWidth: 0 })
    .trimEnd()
    .split('\n')
    .map(line => (line === '' ? line : margin + line))
    .join(lineEnd(text));
}
