import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver/node';
import type { ManifestDocument, ManifestNode, Span } from '../../manifest/index.ts';

/** More than anyone folds. */
const MAX_FOLDS = 5_000;

/** What can be folded in a manifest: objects, lists and longer texts of several lines, and runs of comments. */
export function foldManifest(document: ManifestDocument): FoldingRange[] {
  const { text, lines } = document;
  const folds = new Map<number, FoldingRange>();
  const add = (startLine: number, endLine: number, kind?: FoldingRangeKind): void => {
    if (endLine <= startLine || folds.has(startLine) || folds.size >= MAX_FOLDS) return;
    folds.set(startLine, { startLine, endLine, ...(kind === undefined ? {} : { kind }) });
  };
  const addValue = (start: number, node: ManifestNode): void => {
    let end = node.end;
    // A block of YAML ends where the next begins; the empty lines between stay outside.
    while (end > node.start && /\s/.test(text[end - 1] ?? '')) end--;
    const last = lines.positionAt(end).line;
    const isBracket = /[\]}]/.test(text[end - 1] ?? '') && /[[{]/.test(text[node.start] ?? '');
    add(lines.positionAt(start).line, isBracket ? last - 1 : last);
  };
  const visit = (node: ManifestNode): void => {
    const isWritten = (inner: Span): boolean => node.start <= inner.start && inner.end <= node.end;
    if (node.kind === 'object') {
      for (const { keySpan, value } of node.properties) {
        if (!isWritten(keySpan) || !isWritten(value) || value.start < keySpan.end) continue;
        addValue(keySpan.start, value);
        visit(value);
      }
    } else if (node.kind === 'array') {
      for (const item of node.items) {
        if (!isWritten(item)) continue;
        if (item.kind !== 'scalar') addValue(item.start, item);
        visit(item);
      }
    }
  };
  if (document.root !== undefined) {
    if (document.format === 'json') addValue(document.root.start, document.root);
    visit(document.root);
  }
  for (const [first, last] of commentRuns(document)) add(first, last, FoldingRangeKind.Comment);
  return [...folds.values()].sort((a, b) => a.startLine - b.startLine);
}

/** First and last lines of comments that fill several lines. */
function commentRuns({ text, format }: ManifestDocument): [number, number][] {
  const runs: [number, number][] = [];
  let first: number | undefined;
  let isBlock = false;
  const all = text.split(/\r\n|\r|\n/);
  const finish = (line: number): void => {
    if (first !== undefined && line - 1 > first) runs.push([first, line - 1]);
    first = undefined;
  };
  all.forEach((line, index) => {
    const trimmed = line.trimStart();
    const isLine = format === 'yaml' ? trimmed.startsWith('#') : trimmed.startsWith('//');
    if (format === 'json' && !isBlock && trimmed.startsWith('/*')) {
      finish(index);
      first = index;
      isBlock = true;
    }
    if (isBlock) {
      if (!trimmed.includes('*/')) return;
      isBlock = false;
      finish(index + 1);
    } else if (isLine) first ??= index;
    else finish(index);
  });
  finish(all.length);
  return runs;
}
