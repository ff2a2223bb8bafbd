import type { Taint } from '../../flow/index.ts';

/** What a taint is about, as the front of a sentence. */
export function subjectOf(taint: Taint | undefined, otherwise: string): string {
  const text = taint?.source ?? otherwise;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
