import { createLineMap, type TextEdit } from '../../base/index.ts';

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
