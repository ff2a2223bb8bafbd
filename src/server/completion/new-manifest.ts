import { basename } from 'node:path';
import { profiles } from '../../manifest/index.ts';
import { isMap } from '../schema/index.ts';

/** What a manifest may hold that does not show yet which system it is for: the choice of systems. */
export function schemaOfNew(file: string): unknown {
  const name = basename(file);
  const sorted = [...profiles].sort(
    (a, b) => Number(b.fileNames.includes(name)) - Number(a.fileNames.includes(name)),
  );
  return {
    type: 'object',
    // Each system brings its own first draft of a manifest.
    defaultSnippets: sorted.flatMap(({ schema }) => {
      const snippets = isMap(schema) ? (schema as Readonly<Record<string, unknown>>)['defaultSnippets'] : [];
      return Array.isArray(snippets) ? snippets : [];
    }),
    properties: {
      $schema: {
        type: 'string',
        description: 'The plugin system this manifest is for.',
        enum: sorted.map(profile => profile.schemaUris[0] ?? profile.id),
        enumDescriptions: sorted.map(profile => profile.title),
      },
    },
  };
}
