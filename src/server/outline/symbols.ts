import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver/node';
import type { ManifestDocument, ManifestNode, Span } from '../../manifest/index.ts';

/** More than anyone reads through. */
const MAX_SYMBOLS = 5_000;

/** Longest value shown beside a name. */
const MAX_DETAIL = 60;

/** The outline of a manifest: its keys, and the items of its lists by what names them. */
export function symbolsOf(document: ManifestDocument): DocumentSymbol[] {
  const { lines } = document;
  let left = MAX_SYMBOLS;
  const symbol = (name: string, key: Span, node: ManifestNode): DocumentSymbol[] => {
    if (--left < 0) return [];
    const full = { start: key.start, end: Math.max(key.end, node.end) };
    return [
      {
        name: name === '' ? '""' : name,
        kind: kindOf(node),
        ...(node.kind === 'scalar' ? { detail: preview(node.value) } : {}),
        range: lines.rangeOf(full.start, full.end),
        selectionRange: lines.rangeOf(key.start, key.end),
        children: childrenOf(node),
      },
    ];
  };
  const childrenOf = (node: ManifestNode): DocumentSymbol[] => {
    // An alias of YAML hangs a node in a second place; it is listed where it is written.
    const isWritten = (inner: Span): boolean => node.start <= inner.start && inner.end <= node.end;
    if (node.kind === 'object') {
      return node.properties.flatMap(({ key, keySpan, value }) =>
        isWritten(keySpan) && isWritten(value) && value.start >= keySpan.end
          ? symbol(key, keySpan, value)
          : [],
      );
    }
    if (node.kind !== 'array') return [];
    return node.items.flatMap((item, index) =>
      isWritten(item) ? symbol(nameOf(item, index), item, item) : [],
    );
  };
  return document.root === undefined ? [] : childrenOf(document.root);
}

function kindOf(node: ManifestNode): SymbolKind {
  if (node.kind === 'object') return SymbolKind.Module;
  if (node.kind === 'array') return SymbolKind.Array;
  switch (typeof node.value) {
    case 'number':
      return SymbolKind.Number;
    case 'boolean':
      return SymbolKind.Boolean;
    default:
      return node.value === null ? SymbolKind.Null : SymbolKind.String;
  }
}

function nameOf(node: ManifestNode, index: number): string {
  if (node.kind === 'scalar') return preview(node.value) || String(index);
  if (node.kind === 'object') {
    for (const key of ['id', 'name', 'title', 'path']) {
      const value = node.properties.find(property => property.key === key)?.value;
      if (value?.kind === 'scalar' && typeof value.value === 'string' && value.value !== '')
        return preview(value.value);
    }
  }
  return String(index);
}

function preview(value: string | number | boolean | null): string {
  const text = String(value);
  return text.length > MAX_DETAIL ? `${text.slice(0, MAX_DETAIL)}…` : text;
}
