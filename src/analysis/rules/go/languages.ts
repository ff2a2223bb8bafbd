import type { SourceLanguage } from '../../languages.ts';

/** What all rules of this folder look at. */
export const go: readonly SourceLanguage[] = ['go'];
