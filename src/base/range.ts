/** A place in a text: zero-based line and zero-based UTF-16 code unit within it, as in the Language Server Protocol. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** A half-open stretch of text: `end` is the first position outside. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** The range before the first character; for findings about a whole file. */
export const startOfFile: Range = {
  start: { line: 0, character: 0 },
  end: { line: 0, character: 0 },
};

/** Translates offsets (UTF-16 code units from the start) into positions and back. */
export interface LineMap {
  positionAt(offset: number): Position;
  offsetAt(position: Position): number;
  rangeOf(start: number, end: number): Range;
}

/** Builds the line map of a text; understands `\n`, `\r\n` and a lone `\r`. */
export function createLineMap(text: string): LineMap {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 13 && text.charCodeAt(i + 1) === 10) continue;
    if (c === 10 || c === 13) starts.push(i + 1);
  }
  const startOf = (line: number): number => starts[line] ?? text.length;

  function positionAt(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, text.length));
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const mid = (low + high) >>> 1;
      if (startOf(mid) <= clamped) low = mid;
      else high = mid;
    }
    return { line: low, character: clamped - startOf(low) };
  }

  return {
    positionAt,
    offsetAt: ({ line, character }) => {
      if (line < 0) return 0;
      if (line >= starts.length) return text.length;
      return Math.min(startOf(line) + character, startOf(line + 1));
    },
    rangeOf: (start, end) => ({ start: positionAt(start), end: positionAt(end) }),
  };
}
