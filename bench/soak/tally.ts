/** Checks, in little memory, that the numbers from 1 on come each exactly once, in whatever order. */
export interface Tally {
  /** @throws Error when the number was there before */
  take(n: number): void;
  /** How many came. */
  readonly count: number;
  /** Numbers that are missing below the highest that came. */
  readonly missing: number;
}

/** Makes an empty tally. */
export function createTally(): Tally {
  let upTo = 0;
  const beyond = new Set<number>();
  let count = 0;
  let highest = 0;
  return {
    take: n => {
      if (n <= upTo || beyond.has(n)) throw new Error(`The number ${n} was given twice.`);
      count++;
      highest = Math.max(highest, n);
      beyond.add(n);
      while (beyond.delete(upTo + 1)) upTo++;
    },
    get count() {
      return count;
    },
    get missing() {
      return highest - count;
    },
  };
}
