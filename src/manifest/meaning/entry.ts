import type { RuntimeId, SourcePath } from '../model.ts';
import type { MappingInput } from '../profiles/profile.ts';
import { normalizeInside } from './paths.ts';

const runtimes: Readonly<Record<string, RuntimeId>> = {
  js: 'node',
  mjs: 'node',
  cjs: 'node',
  ts: 'node',
  mts: 'node',
  cts: 'node',
  py: 'python',
  go: 'go',
  rs: 'rust',
};

/** The runtime a file name tells; `undefined` when none loads it as it is. */
export function runtimeOfFile(file: string): RuntimeId | undefined {
  const extension = /\.([A-Za-z0-9]+)$/u.exec(file)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(runtimes, extension) ? runtimes[extension] : undefined;
}

/**
 * The entry file a manifest states at a path, in plain form: reports one outside the folder, missing, a folder, or of a
 * kind no runtime loads. `undefined` only for one that is outside.
 */
export function readEntry(input: MappingInput, path: SourcePath, value: string): string | undefined {
  const { files, report } = input;
  const inside = normalizeInside(value);
  if (inside === undefined) {
    report('PW-MANIFEST-PATH-OUTSIDE', path, `The entry \`${value}\` is outside the plugin's folder.`);
    return undefined;
  }
  const kind = inside === '' ? 'folder' : files.kindOf(inside);
  if (kind === 'folder')
    report('PW-MANIFEST-ENTRY-MISSING', path, `The entry \`${value}\` is a folder, not a file.`);
  else if (kind === undefined)
    report('PW-MANIFEST-ENTRY-MISSING', path, `The entry file \`${value}\` does not exist.`);
  else if (runtimeOfFile(inside) === undefined && /\.\w+$/u.test(inside)) {
    report('PW-MANIFEST-ENTRY-KIND', path, `No runtime loads \`${value}\` as it is.`);
  }
  return inside;
}

/** The built counterpart of a source file in an output folder: the same base name ending in .js, .mjs or .cjs. */
export function findBuilt({ files }: MappingInput, source: string, output: string): string | undefined {
  const folder = normalizeInside(output);
  if (folder === undefined) return undefined;
  const base =
    source
      .split('/')
      .at(-1)
      ?.replace(/\.[^.]+$/u, '') ?? '';
  return ['js', 'mjs', 'cjs']
    .map(extension => [folder, `${base}.${extension}`].filter(part => part !== '').join('/'))
    .find(candidate => files.kindOf(candidate) === 'file');
}
