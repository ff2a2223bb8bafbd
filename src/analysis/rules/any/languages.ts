import type { SourceLanguage } from '../../languages.ts';

/** What the rules here are about: all of it. */
export const all: readonly SourceLanguage[] = ['javascript', 'typescript', 'tsx', 'python', 'go', 'rust'];

/** The languages whose own rules do not look for passwords; in the others a second report would say the same. */
export const withoutOwnPasswords: readonly SourceLanguage[] = ['python', 'rust'];
