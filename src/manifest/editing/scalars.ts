import type { TextEdit } from '../../base/index.ts';
import type { ManifestDocument } from '../document.ts';
import type { SourcePath } from '../model.ts';

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

/** A scalar in the document's syntax; `before` is the text it takes the place of. */
export function scalarText(
  document: ManifestDocument,
  value: string | number | boolean | null,
  before: string,
): string {
  const text = plainOrQuoted(document, value, before);
  // A block scalar ends with its line.
  return document.format === 'yaml' && /[\r\n]$/u.test(before) ? text + lineEnd(document.text) : text;
}

function plainOrQuoted(
  document: ManifestDocument,
  value: string | number | boolean | null,
  before: string,
): string {
  if (typeof value !== 'string' || document.format === 'json') return JSON.stringify(value);
  const isPlain = /^[A-Za-z][\w./-]*$/u.test(value) && !/^(?:true|false|null|yes|no|on|off)$/iu.test(value);
  return isPlain && !/^["']/u.test(before) ? value : JSON.stringify(value);
}

/** How the author ends lines. */
export function lineEnd(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
