import type { SourceLanguage } from '../../languages.ts';

/** What the rules here are about. */
export const rust: readonly SourceLanguage[] = ['rust'];

/** Paths that stand in one text with blanks between. */
export function calls(...texts: readonly string[]): readonly string[] {
  return texts.flatMap(text => text.split(' '));
}
