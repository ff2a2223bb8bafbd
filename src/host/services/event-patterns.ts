/** Compares event names with one pattern. */
export type EventMatcher = (parts: readonly string[]) => boolean;

/** The parts of an event name or a pattern; dots and colons divide alike. */
export function partsOf(name: string): readonly string[] {
  return name.split(/[.:]/);
}

/** True when a name stands for others: one of its parts is `*` or `**`. */
export function isPattern(name: string): boolean {
  return name.includes('*') && partsOf(name).some(part => part === '*' || part === '**');
}

/**
 * Makes the matcher of a pattern: `*` stands for exactly one part, `**` for any number of them, none included.
 *
 * It needs at most the product of both lengths in steps, whatever the pattern: after a part that does not fit, only
 * the last `**` takes one more.
 */
export function compilePattern(pattern: string): EventMatcher {
  const wanted = partsOf(pattern);
  return parts => {
    let [at, next] = [0, 0];
    let [star, taken] = [-1, 0];
    while (at < parts.length) {
      if (wanted[next] === '**') {
        star = next++;
        taken = at;
      } else if (next < wanted.length && (wanted[next] === '*' || wanted[next] === parts[at])) {
        next++;
        at++;
      } else if (star >= 0) {
        next = star + 1;
        at = ++taken;
      } else {
        return false;
      }
    }
    while (wanted[next] === '**') next++;
    return next === wanted.length;
  };
}
