import type { TextEdit } from '../../base/index.ts';
import { type ManifestDocument, parseManifest } from '../document.ts';
import type { SourcePath } from '../model.ts';
import { applyEdits } from './apply-edits.ts';
import { changedValue, type ManifestChange, sameValue } from './changed-value.ts';
import { indentAt, insertBracketed, removeBracketed, writeJson } from './json-edits.ts';
import { replaceAt } from './place.ts';
import { insertYaml, removeYaml, replaceYaml } from './yaml-edits.ts';

/**
 * The edits that make changes one after the other; comments, unknown fields and layout stay. Empty when one of them can
 * not be made: what stands there is no object or list, an alias stands in the way, or the text is too broken.
 */
export function editManifest(document: ManifestDocument, changes: readonly ManifestChange[]): TextEdit[] {
  let current = document;
  for (const change of changes) {
    const edits = verified(current, change);
    if (edits.length === 0) return [];
    if (changes.length === 1) return edits;
    current = parseManifest(applyEdits(current.text, edits), document.file);
  }
  return difference(document, current.text);
}

/** Adds a property, or replaces its value; makes the objects around it. Empty when that can't be done. */
export function setProperty(document: ManifestDocument, path: SourcePath, value: unknown): TextEdit[] {
  return editManifest(document, [{ kind: 'set', path, value }]);
}

/** Adds an item to a list, which is made when it is missing. */
export function appendItem(document: ManifestDocument, path: SourcePath, value: unknown): TextEdit[] {
  return editManifest(document, [{ kind: 'append', path, value }]);
}

/** Takes a property or an item out. */
export function removeAt(document: ManifestDocument, path: SourcePath): TextEdit[] {
  return editManifest(document, [{ kind: 'remove', path }]);
}

/** An edit counts only when reading the text again gives what was asked for: layouts are too many to trust a rule. */
function verified(document: ManifestDocument, change: ManifestChange): TextEdit[] {
  const wanted = changedValue(document.value, change);
  if (wanted === undefined) return [];
  const edits = proposed(document, change);
  if (edits.length === 0) return [];
  const after = parseManifest(applyEdits(document.text, edits), document.file);
  return sameValue(after.value, wanted) ? edits : [];
}

function proposed(document: ManifestDocument, change: ManifestChange): TextEdit[] {
  const { path } = change;
  if (document.root?.kind !== 'object' || path.length === 0) return [];
  if (change.kind === 'remove') return removal(document, path);
  if (change.kind === 'set') return setting(document, path, change.value);
  const list = document.nodeAt(path);
  if (list?.kind !== 'array') return setting(document, path, [change.value]);
  if (document.format === 'yaml') return insertYaml(document, list, undefined, change.value);
  return insertBracketed(document, list, indent => writeJson(document, change.value, indent));
}

function setting(document: ManifestDocument, path: SourcePath, value: unknown): TextEdit[] {
  const isYaml = document.format === 'yaml';
  const known = path.findLastIndex((_, index) => {
    const kind = document.nodeAt(path.slice(0, index))?.kind;
    return kind === 'object' || (kind === 'array' && document.nodeAt(path.slice(0, index + 1)) !== undefined);
  });
  const content = path.slice(known + 1).reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
  const target = path.slice(0, known + 1);
  const node = document.nodeAt(target);
  if (node !== undefined) {
    if (isYaml) return replaceYaml(document, target, content);
    const written = writeJson(document, content, spread(document, node.start));
    return [replaceAt(document, node.start, node.end, written)];
  }
  const parent = document.nodeAt(path.slice(0, known));
  const key = path[known];
  if (parent?.kind !== 'object' || typeof key !== 'string') return [];
  if (isYaml) return insertYaml(document, parent, key, content);
  return insertBracketed(
    document,
    parent,
    indent => `${JSON.stringify(key)}: ${writeJson(document, content, indent)}`,
  );
}

/** The indent for a value that may go over several lines; empty in a manifest of one line. */
function spread(document: ManifestDocument, offset: number): string {
  return /[\r\n]/u.test(document.text.trim()) ? indentAt(document, offset) : '';
}

function removal(document: ManifestDocument, path: SourcePath): TextEdit[] {
  const parentPath = path.slice(0, -1);
  const parent = document.nodeAt(parentPath);
  const step = path.at(-1);
  if (parent === undefined || parent.kind === 'scalar' || step === undefined) return [];
  const index =
    parent.kind === 'array' ? Number(step) : parent.properties.findIndex(property => property.key === step);
  if (document.format === 'json') return removeBracketed(document, parent, index);
  const isLast = (parent.kind === 'array' ? parent.items : parent.properties).length === 1;
  if (!isLast || parentPath.length === 0) return removeYaml(document, parent, index);
  return replaceYaml(document, parentPath, parent.kind === 'array' ? [] : {});
}

/** One edit from a document's text to another, without what both begin and end with. */
function difference(document: ManifestDocument, text: string): TextEdit[] {
  const before = document.text;
  if (before === text) return [];
  const most = Math.min(before.length, text.length);
  let start = 0;
  while (start < most && before[start] === text[start]) start++;
  // A line break of two characters, or a character of two units, must not be cut in half.
  while (start > 0 && /[\r\uD800-\uDBFF]/u.test(before.charAt(start - 1))) start--;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === text.at(-1 - end)) end++;
  while (end > 0 && /[\n\uDC00-\uDFFF]/u.test(before.charAt(before.length - end))) end--;
  return [replaceAt(document, start, before.length - end, text.slice(start, text.length - end))];
}
