import type { ManifestDocument } from '../document.ts';
import type { SourcePath } from '../model.ts';

/** A value and where it stands. */
export interface Placed<T> {
  readonly value: T;
  readonly path: SourcePath;
}

/** The text at a path; `undefined` when there is none or it is something else (the shape check says so). */
export function stringAt(document: ManifestDocument, path: SourcePath): string | undefined {
  return scalarAt(document, path, 'string');
}

/** The finite number at a path. */
export function numberAt(document: ManifestDocument, path: SourcePath): number | undefined {
  const value = scalarAt(document, path, 'number');
  return Number.isFinite(value) ? value : undefined;
}

/** The boolean at a path. */
export function booleanAt(document: ManifestDocument, path: SourcePath): boolean | undefined {
  return scalarAt(document, path, 'boolean');
}

/** The texts in the list at a path; what is no text is left out. `undefined` when there is no list. */
export function stringsAt(document: ManifestDocument, path: SourcePath): Placed<string>[] | undefined {
  return itemsAt(document, path)?.flatMap(item => {
    const value = stringAt(document, item);
    return value === undefined ? [] : [{ value, path: item }];
  });
}

/** The paths of the items of the list at a path. */
export function itemsAt(document: ManifestDocument, path: SourcePath): SourcePath[] | undefined {
  const node = document.nodeAt(path);
  return node?.kind === 'array' ? node.items.map((_, index) => [...path, index]) : undefined;
}

/** The keys of the object at a path, each once; empty when there is none. */
export function keysAt(document: ManifestDocument, path: SourcePath): string[] {
  const node = document.nodeAt(path);
  return node?.kind === 'object' ? [...new Set(node.properties.map(property => property.key))] : [];
}

/** The texts of the object at a path, by key; what is no text is left out. */
export function stringMapAt(
  document: ManifestDocument,
  path: SourcePath,
): (Placed<string> & { readonly key: string })[] {
  return keysAt(document, path).flatMap(key => {
    const here = [...path, key];
    const value = stringAt(document, here);
    return value === undefined ? [] : [{ key, value, path: here }];
  });
}

interface ScalarTypes {
  readonly string: string;
  readonly number: number;
  readonly boolean: boolean;
}

function scalarAt<T extends keyof ScalarTypes>(
  document: ManifestDocument,
  path: SourcePath,
  type: T,
): ScalarTypes[T] | undefined {
  const node = document.nodeAt(path);
  return node?.kind === 'scalar' && typeof node.value === type ? (node.value as ScalarTypes[T]) : undefined;
}
