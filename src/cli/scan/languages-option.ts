import { InvalidArgumentError } from 'commander';
import type { SourceLanguage } from '../../analysis/index.ts';

const LANGUAGES: Readonly<Record<string, readonly SourceLanguage[]>> = {
  js: ['javascript'],
  javascript: ['javascript'],
  ts: ['typescript', 'tsx'],
  typescript: ['typescript', 'tsx'],
  py: ['python'],
  python: ['python'],
  go: ['go'],
  rs: ['rust'],
  rust: ['rust'],
};

/** All languages, for who names none. */
export const allLanguages: ReadonlySet<SourceLanguage> = new Set(Object.values(LANGUAGES).flat());

/** Reads `js,py`. Throws what commander reports as a wrong argument. */
export function parseLanguages(text: string): ReadonlySet<SourceLanguage> {
  return new Set(
    text.split(',').flatMap(name => {
      const key = name.trim().toLowerCase();
      const found = Object.hasOwn(LANGUAGES, key) ? LANGUAGES[key] : undefined;
      if (found === undefined)
        throw new InvalidArgumentError(`Choose from ${Object.keys(LANGUAGES).join(', ')}.`);
      return found;
    }),
  );
}
