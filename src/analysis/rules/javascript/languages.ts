import type { SourceLanguage } from '../../languages.ts';

/** What all rules of this folder look at. */
export const javascriptLanguages: readonly SourceLanguage[] = ['javascript', 'typescript', 'tsx'];
