/** How well marked lines were told apart. */
export interface Score {
  /** Lines marked as dangerous that were reported, and that were not. */
  found: number;
  missed: number;
  /** Lines marked as clean that were reported, and that were not. */
  cried: number;
  silent: number;
}

export function emptyScore(): Score {
  return { found: 0, missed: 0, cried: 0, silent: 0 };
}

/** Share of the reports that are right; 1 without reports. */
export function precisionOf({ found, cried }: Score): number {
  return found + cried === 0 ? 1 : found / (found + cried);
}

/** Share of the dangerous lines that were reported; 1 when there are none. */
export function recallOf({ found, missed }: Score): number {
  return found + missed === 0 ? 1 : found / (found + missed);
}

/** Harmonic mean of the two. */
export function f1Of(score: Score): number {
  const precision = precisionOf(score);
  const recall = recallOf(score);
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

/** A row of the table. */
export function renderScore(
  set: string,
  language: string,
  category: string,
  who: string,
  score: Score,
): string {
  const { found, missed, cried, silent } = score;
  const numbers = [precisionOf(score), recallOf(score), f1Of(score)].map(value => value.toFixed(2));
  return `| ${set} | ${language} | ${category} | ${who} | ${found + missed} | ${cried + silent} | ${numbers.join(' | ')} |`;
}
