/** True for the keys of an object that a reader would take for a tag: exactly one, which begins with `$`. */
export function isTagLike(keys: readonly string[]): boolean {
  return keys.length === 1 && keys[0]?.startsWith('$') === true;
}
