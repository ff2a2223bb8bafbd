import { replaceScalar } from '../editing/index.ts';
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

/** The runtime a file name tells; without an ending it is a program. `undefined` when none loads it as it is. */
export function runtimeOfFile(file: string): RuntimeId | undefined {
  if (!file.replace(/^.*\//u, '').includes('.')) return 'executable';
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
  else if (kind === undefined) {
    const meant = elsewhere(input, inside);
    const edits = meant === undefined ? [] : replaceScalar(input.document, path, meant);
    const fix = edits.length === 0 ? undefined : { title: `Replace by \`${meant}\``, edits };
    report('PW-MANIFEST-ENTRY-MISSING', path, `The entry file \`${value}\` does not exist.`, { fix });
  } else if (runtimeOfFile(inside) === undefined && /\.\w+$/u.test(inside)) {
    report('PW-MANIFEST-ENTRY-KIND', path, `No runtime loads \`${value}\` as it is.`);
  }
  return inside;
}

/** The only file that has the name but another ending, or lies in a usual folder or in none. */
function elsewhere({ files }: MappingInput, missing: string): string | undefined {
  const base = missing.replace(/\.\w+$/u, '');
  const extension = missing.slice(base.length);
  const name = missing.split('/').at(-1) ?? missing;
  const endings = Object.keys(runtimes).map(ending => `${base}.${ending}`);
  const folders = ['', 'src/', 'dist/', 'lib/', 'out/', 'build/'].map(folder => folder + name);
  const candidates = new Set(extension === '' ? endings : [...endings, ...folders]);
  const found = [...candidates].filter(file => file !== missing && files.kindOf(file) === 'file');
  return found.length === 1 ? found[0] : undefined;
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
