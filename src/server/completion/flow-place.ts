import type { SourcePath } from '../../manifest/index.ts';

/** Where the cursor is within brackets. */
export interface FlowPosition {
  readonly kind: 'key' | 'value';
  readonly path: SourcePath;
  /** Offset where the word under the cursor begins. */
  readonly start: number;
  readonly taken: ReadonlySet<string>;
}

interface Level {
  readonly isList: boolean;
  index: number;
  key: string | undefined;
  readonly keys: Set<string>;
}

/** Reads bracketed YAML from its first bracket up to the cursor; `undefined` when the brackets are closed by then. */
export function flowPosition(text: string, from: number, cursor: number): FlowPosition | undefined {
  const levels: Level[] = [];
  let word = from;
  const wordBefore = (at: number): string =>
    text
      .slice(word, at)
      .trim()
      .replace(/^(["'])(.*)\1$/s, '$2');
  for (let at = from; at < cursor; at++) {
    const c = text[at];
    const level = levels.at(-1);
    if ((c === '"' || c === "'") && text.slice(word, at).trim() === '') {
      const close = text.indexOf(c, at + 1);
      const lineEnd = text.indexOf('\n', at);
      if (close < 0 || close >= cursor || (lineEnd >= 0 && close > lineEnd)) {
        word = at;
        break;
      }
      at = close;
    } else if (c === '[' || c === '{') {
      levels.push({ isList: c === '[', index: 0, key: undefined, keys: new Set() });
      word = at + 1;
    } else if (c === ']' || c === '}') {
      levels.pop();
      if (levels.length === 0) return undefined;
      word = at + 1;
    } else if (c === ',' && level !== undefined) {
      level.index++;
      if (level.key === undefined && !level.isList) level.keys.add(wordBefore(at));
      level.key = undefined;
      word = at + 1;
    } else if (c === ':' && level !== undefined && !level.isList && /[\s"']|$/.test(text[at + 1] ?? '')) {
      level.key = wordBefore(at);
      level.keys.add(level.key);
      word = at + 1;
    }
  }
  const level = levels.at(-1);
  if (level === undefined) return undefined;
  while (word < cursor && /\s/.test(text[word] ?? '')) word++;
  const steps = levels.map(one => (one.isList ? one.index : (one.key ?? '')));
  const isKey = !level.isList && level.key === undefined;
  return {
    kind: isKey ? 'key' : 'value',
    path: isKey ? steps.slice(0, -1) : steps,
    start: word,
    taken: level.keys,
  };
}

/** Whether brackets that begin a value are still open at the end of the text. */
export function isOpenFlow(value: string): boolean {
  return /^[[{]/.test(value) && flowPosition(value, 0, value.length) !== undefined;
}
