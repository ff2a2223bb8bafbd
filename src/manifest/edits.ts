import { createLineMap, type TextEdit } from '../base/index.ts';
import type { ManifestDocument } from './document.ts';
import type { SourcePath } from './model.ts';
import type { ManifestNode, Span } from './text/index.ts';

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
  if (document.root?.kind !== 'object' || path.length === 0) return [];
  if (document.format === 'yaml') return appendYaml(document, path, value);
  const known = path.findLastIndex((_, index) => document.nodeAt(path.slice(0, index))?.kind === 'object');
  const parent = document.nodeAt(path.slice(0, known));
  if (parent?.kind !== 'object') return [];
  const content = path.slice(known + 1).reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
  const key = String(path[known]);
  const present = document.propertyAt([...path.slice(0, known), key]);
  return [
    present === undefined
      ? insertJson(document, parent, key, content)
      : replaceJson(document, present.value, content),
  ];
}

function replaceJson(document: ManifestDocument, { start, end }: Span, value: unknown): TextEdit {
  return { range: document.lines.rangeOf(start, end), newText: JSON.stringify(value) };
}

/** After the last property, laid out as the first one is. */
function insertJson(
  document: ManifestDocument,
  parent: ManifestNode & { kind: 'object' },
  key: string,
  value: unknown,
): TextEdit {
  const { text, lines } = document;
  const first = parent.properties[0];
  const last = parent.properties.at(-1);
  const written = (indent: string) => `${JSON.stringify(key)}: ${layOut(document, value, indent)}`;
  if (first === undefined || last === undefined) {
    return { range: lines.rangeOf(parent.start + 1, parent.start + 1), newText: written('') };
  }
  const gap = text.slice(parent.start + 1, first.keySpan.start);
  const indent = /[\r\n]([ \t]*)$/u.exec(gap)?.[1];
  const lead = indent === undefined ? ', ' : `,${lineEnd(text)}${indent}`;
  return { range: lines.rangeOf(last.value.end, last.value.end), newText: lead + written(indent ?? '') };
}

/** Objects go over several lines where the author's do. */
function layOut({ text }: ManifestDocument, value: unknown, indent: string): string {
  if (indent === '' || typeof value !== 'object' || Array.isArray(value)) return JSON.stringify(value);
  const step = indent.startsWith('\t') ? '\t' : '  ';
  return JSON.stringify(value, undefined, step).replaceAll('\n', `${lineEnd(text)}${indent}`);
}

function lineEnd(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** YAML gets new top-level scalars at its end; anything deeper depends on a style that is the author's to choose. */
function appendYaml(document: ManifestDocument, path: SourcePath, value: unknown): TextEdit[] {
  const { root, text } = document;
  const isBlock = root?.kind === 'object' && !text.slice(root.start, root.end).startsWith('{');
  if (path.length !== 1 || !isBlock || document.nodeAt(path) !== undefined || typeof value === 'object')
    return [];
  const eol = lineEnd(text);
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
