const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** True for `[` and `{`. */
const opens = (c: number): boolean => (c | 0x20) === 0x7b;
/** True for `]` and `}`. */
const closes = (c: number): boolean => (c | 0x20) === 0x7d;

/**
 * True when JSON text nests arrays and objects deeper than `maxDepth`. It looks at bytes and never recurses, so it
 * can stand before `JSON.parse`; text that is no JSON gets some answer too.
 */
export function bytesNestDeeper(json: Uint8Array, maxDepth: number): boolean {
  // Every level costs an opening and a closing byte.
  if (json.length < 2 * (maxDepth + 1)) return false;
  let depth = 0;
  for (let i = 0; i < json.length; i++) {
    const c = json[i] as number;
    if (c === QUOTE) {
      for (i++; i < json.length && json[i] !== QUOTE; i++) if (json[i] === BACKSLASH) i++;
    } else if (opens(c)) {
      if (++depth > maxDepth) return true;
    } else if (closes(c)) depth--;
  }
  return false;
}

/** Like {@link bytesNestDeeper} for text that is still a string. */
export function textNestsDeeper(json: string, maxDepth: number): boolean {
  if (json.length < 2 * (maxDepth + 1)) return false;
  let depth = 0;
  for (let i = 0; i < json.length; i++) {
    const c = json.charCodeAt(i);
    if (c === QUOTE) {
      for (i++; i < json.length && json.charCodeAt(i) !== QUOTE; i++) {
        if (json.charCodeAt(i) === BACKSLASH) i++;
      }
    } else if (opens(c)) {
      if (++depth > maxDepth) return true;
    } else if (closes(c)) depth--;
  }
  return false;
}
