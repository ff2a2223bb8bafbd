import { setProperty } from '../editing/index.ts';
import { findBuilt, readEntry } from '../meaning/entry.ts';
import { normalizeInside } from '../meaning/paths.ts';
import { stringAt } from '../meaning/values.ts';
import type { SourcePath } from '../model.ts';
import type { MappingInput } from './profile.ts';

/** Kinds of plugins that may bring data only. */
const kindsWithoutCode = ['theme', 'model'];
const usualEntries = [
  'index.js',
  'index.mjs',
  'main.js',
  'src/main.js',
  'src/index.js',
  'index.ts',
  'src/main.ts',
  'src/index.ts',
];

/**
 * The file that is loaded: the built counterpart of `build.entry` in `build.output` where there is one, so that a
 * packaged plugin runs without its sources, else `build.entry` itself.
 */
export function readAihubEntry(input: MappingInput): { file: string; at: SourcePath } | undefined {
  const { document, report } = input;
  const at = ['build', 'entry'];
  const stated = stringAt(document, at);
  if (stated === undefined) {
    const kind = stringAt(document, ['type']) ?? '';
    const isLeftOut = document.nodeAt(['build']) === undefined;
    if (isLeftOut && !kindsWithoutCode.includes(kind)) reportUnstated(input);
    return undefined;
  }
  const output = stringAt(document, ['build', 'output']);
  if (output !== undefined && normalizeInside(output) === undefined) {
    report(
      'PW-MANIFEST-PATH-OUTSIDE',
      ['build', 'output'],
      `The output folder \`${output}\` is outside the plugin's folder.`,
    );
  }
  const source = normalizeInside(stated);
  const built = source === undefined || output === undefined ? undefined : findBuilt(input, source, output);
  if (built !== undefined) return { file: built, at };
  const file = readEntry(input, at, stated);
  return file === undefined ? undefined : { file, at };
}

function reportUnstated(input: MappingInput): void {
  const { document, files, report } = input;
  const start = stringAt(document, ['scripts', 'start']);
  const hinted = normalizeInside(/^\s*node\s+([^\s-]\S*)\s*$/u.exec(start ?? '')?.[1] ?? '') ?? '';
  const guess = [hinted, ...usualEntries].find(file => file !== '' && files.kindOf(file) === 'file');
  const edits = guess === undefined ? [] : setProperty(document, ['build'], { entry: guess });
  const fix = edits.length === 0 ? undefined : { title: `Add \`build.entry\`: \`${guess}\``, edits };
  report(
    'PW-MANIFEST-ENTRY-UNSTATED',
    ['build'],
    'Nothing says which file is loaded: `build.entry` is missing.',
    { fix },
  );
}
