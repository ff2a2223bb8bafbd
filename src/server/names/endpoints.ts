import { fieldKind, textsIn } from '../fields/index.ts';
import { folderOf, type ManifestSubject } from '../manifest-subject.ts';
import type { Occurrence } from './name.ts';

/** Where the source of a plugin names the endpoint under an offset of its manifest: the code that handles it. */
export function endpointCode(subject: ManifestSubject, offset: number): Occurrence[] {
  const { document, profile } = subject.reading;
  if (profile === undefined) return [];
  const endpoint = textsIn(document).find(
    ({ path, start, end }) => start <= offset && offset <= end && fieldKind(profile.id, path) === 'endpoint',
  );
  if (endpoint === undefined) return [];
  return subject.sources.of(folderOf(subject)).flatMap(({ file, text, literals }) =>
    literals
      .filter(literal => literal.text === endpoint.value)
      .map(({ start }) => ({
        file,
        text,
        start,
        end: start + endpoint.value.length,
        role: 'registered' as const,
      })),
  );
}
