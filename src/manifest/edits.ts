import * as jsonc from 'jsonc-parser';
import { createLineMap, type TextEdit } from '../base/index.ts';
import type { ManifestDocument } from './document.ts';
import type { SourcePath } from './model.ts';

/** Applies edits, whose ranges are all of the text as given and don't overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const lines = createLineMap(text);
  const placed = edits.map(edit => ({
    start: lines.offsetAt(edit.range.start),
    end: lines.offsetAt(edit.range.end),
    newText: edit.newText,
  }));
  let result = text;
  for (const { start, end, newText } of placed.sort((a, b) => b.start - a.start || b.end - a.end)) {
    result = result.slice(0, start) + newText + result.slice(end);
  }
  return result;
}

/** Writes another scalar where one stands, in the document's syntax and the author's quotes. */
export function replaceScalar(
  document: ManifestDocument,
  path: SourcePath,
  value: string | number | boolean,
): TextEdit[] {
  const node = document.nodeAt(path);
  if (node?.kind !== 'scalar') return [];
  return [{ range: document.rangeOf(path), newText: scalarText(document, value, document.sourceOf(node)) }];
}

/** Gives a property another key. */
export function renameKey(document: ManifestDocument, path: SourcePath, key: string): TextEdit[] {
  const property = document.propertyAt(path);
  if (property === undefined) return [];
  return [
    {
      range: document.rangeOf(path, 'key'),
      newText: scalarText(document, key, document.sourceOf(property.keySpan)),
    },
  ];
}

/** Adds a property, or replaces its value; makes the objects around it. Empty when the syntax gives no single way to. */
export function setProperty(document: ManifestDocument, path: SourcePath, value: unknown): TextEdit[] {
  if (document.root?.kind !== 'object') return [];
  if (document.format === 'yaml') return appendYaml(document, path, value);
  const indent = /\n([ \t]+)\S/u.exec(document.text)?.[1] ?? '  ';
  const formattingOptions = {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: document.text.includes('\r\n') ? '\r\n' : '\n',
  };
  return jsonc.modify(document.text, [...path], value, { formattingOptions }).map(edit => ({
    range: document.lines.rangeOf(edit.offset, edit.offset + edit.length),
    newText: edit.content,
  }));
}

/** YAML gets new top-level scalars at its end; anything deeper depends on a style that is the author's to choose. */
function appendYaml(document: ManifestDocument, path: SourcePath, value: unknown): TextEdit[] {
  const { root, text } = document;
  const isBlock = root?.kind === 'object' && !text.slice(root.start, root.end).startsWith('{');
  if (path.length !== 1 || !isBlock || document.nodeAt(path) !== undefined || typeof value === 'object')
    return [];
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lead = text.endsWith('\n') ? '' : eol;
  return [
    {
      range: document.lines.rangeOf(text.length, text.length),
      newText: `${lead}${path[0]}: ${JSON.stringify(value)}${eol}`,
    },
  ];
}

function scalarText(document: ManifestDocument, value: string | number | boolean, before: string): string {
  if (typeof value !== 'string' || document.format === 'json') return JSON.stringify(value);
  const isPlain = /^[A-Za-z][\w./-]*$/u.test(value) && !/^(?:true|false|null|yes|no|on|off)$/iu.test(value);
  return isPlain && !/^["']/u.test(before) ? value : JSON.stringify(value);
}
