import type { SourcePath } from '../model.ts';
import type { MappingInput } from '../profiles/profile.ts';
import { stringAt } from './values.ts';

const longestId = 128;

/** What a plugin id looks like in every profile. */
export const pluginIdPattern = /^[a-z0-9][a-z0-9._-]{0,127}$/u;

/** The id a name gives: accents dropped, lower case, everything else a dash; empty when no letter or digit is left. */
export function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/gu, '-')
    .replace(/^[^a-z0-9]+/u, '')
    .slice(0, longestId)
    .replace(/[^a-z0-9]+$/u, '');
}

/** The id made of the name at a path; reports a name that gives none. */
export function readSlug({ document, report }: MappingInput, path: SourcePath): string {
  const name = stringAt(document, path);
  const slug = slugOf(name ?? '');
  if (name !== undefined && name !== '' && slug === '') {
    report(
      'PW-MANIFEST-ID',
      path,
      `No plugin id can be made from \`${name}\`: it needs a Latin letter or a digit.`,
    );
  }
  return slug;
}
