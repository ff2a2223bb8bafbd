/**
 * The candidate that was probably meant: the nearest by optimal string alignment distance (insertions, deletions,
 * replacements and swaps of neighbours each cost one), when it is no more than a third of the longer word away.
 * `undefined` when none is near, or when two are equally near.
 */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const reach = Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3));
    if (Math.abs(word.length - candidate.length) > reach) continue;
    const distance = sameLetters(word, candidate)
      ? 0
      : distanceOf(word.toLowerCase(), candidate.toLowerCase());
    if (distance > reach || distance > bestDistance) continue;
    best = distance === bestDistance ? undefined : candidate;
    bestDistance = distance;
  }
  return best;
}

/** `min-app-version` and `minAppVersion` are one word in two spellings. */
function sameLetters(a: string, b: string): boolean {
  const letters = (word: string) => word.replace(/[-_ ]/gu, '').toLowerCase();
  return letters(a) === letters(b);
}

function distanceOf(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
