import { createLineMap, type Position, type Range } from '../../../src/base/index.ts';

/** A text whose marks have been taken out. */
export interface MarkedText {
  readonly text: string;
  /** Where `‸` stood. */
  readonly cursor: Position;
  /** What stood between `«` and `»`, in order. */
  readonly ranges: readonly Range[];
}

/** Reads a text with a cursor `‸` and ranges `«…»`, so that no test counts columns. */
export function readMarked(marked: string): MarkedText {
  let text = '';
  let cursor = 0;
  const starts: number[] = [];
  const spans: [number, number][] = [];
  for (const character of marked) {
    if (character === '‸') cursor = text.length;
    else if (character === '«') starts.push(text.length);
    else if (character === '»') spans.push([starts.pop() ?? 0, text.length]);
    else text += character;
  }
  const lines = createLineMap(text);
  return {
    text,
    cursor: lines.positionAt(cursor),
    ranges: spans.map(([start, end]) => lines.rangeOf(start, end)),
  };
}
