import type { ManifestDocument, ManifestNode, SourcePath } from '../../manifest/index.ts';

/** More than any manifest has; aliases of YAML could make more of them than there are. */
const MAX_VALUES = 20_000;

/** A text in a manifest. */
export interface ManifestText {
  readonly value: string;
  readonly path: SourcePath;
  /** Offsets of the value, quotes included. */
  readonly start: number;
  readonly end: number;
  /** Offset where the text begins as it reads; `undefined` when it stands there with escapes. */
  readonly textStart: number | undefined;
}

/** Every text of a manifest that is a value, in the order of the tree. */
export function textsIn(document: ManifestDocument): ManifestText[] {
  const texts: ManifestText[] = [];
  let left = MAX_VALUES;
  const visit = (node: ManifestNode, path: SourcePath): void => {
    if (--left < 0) return;
    if (node.kind === 'array') {
      for (const [index, item] of node.items.entries()) visit(item, [...path, index]);
    } else if (node.kind === 'object') {
      for (const { key, value } of node.properties) visit(value, [...path, key]);
    } else if (typeof node.value === 'string') {
      const { value, start, end } = node;
      const within = document.sourceOf(node).indexOf(value);
      texts.push({ value, path, start, end, textStart: within < 0 ? undefined : start + within });
    }
  };
  if (document.root !== undefined) visit(document.root, []);
  return texts;
}
