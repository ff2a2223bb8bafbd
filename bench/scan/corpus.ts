import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));
const modules = join(root, 'node_modules');

/** Real code in one language, copied into a folder of its own. */
export interface Corpus {
  readonly folder: string;
  readonly files: readonly string[];
  readonly bytes: number;
  /** Where it comes from, for people. */
  readonly origin: string;
  remove(): Promise<void>;
}

/** As much as keeps a slow scanner busy for some seconds. */
const ENOUGH_BYTES = 2_000_000;

/** Larger files are generated ones. */
const MAX_FILE_BYTES = 200_000;

/** Code of other people's that every machine has that ran the setup, or of a toolchain it has. */
const sources = {
  JavaScript: {
    endings: ['.js', '.mjs', '.cjs'],
    origin: 'packages of node_modules',
    folders: javascriptFolders,
  },
  TypeScript: {
    endings: ['.ts', '.tsx'],
    origin: 'ajv and the workbench itself',
    folders: typescriptFolders,
  },
  Python: { endings: ['.py'], origin: 'the standard library', folders: pythonFolders },
  Go: { endings: ['.go'], origin: 'the standard library', folders: goFolders },
  Rust: { endings: ['.rs'], origin: 'the crates of the SDK', folders: rustFolders },
} as const;

/** The languages there may be code in. */
export type CorpusLanguage = keyof typeof sources;
export const corpusLanguages = Object.keys(sources) as readonly CorpusLanguage[];

/** Copies code in a language; `undefined` when this machine has none. */
export async function makeCorpus(language: CorpusLanguage): Promise<Corpus | undefined> {
  const { endings, origin, folders } = sources[language];
  const folder = await mkdtemp(join(tmpdir(), 'plugin-workbench-corpus-'));
  const files: string[] = [];
  let bytes = 0;
  for (const [index, from] of (await folders()).entries()) {
    for await (const file of sourceFiles(from, endings)) {
      if (bytes >= ENOUGH_BYTES) break;
      const { size } = await stat(file);
      if (size === 0 || size > MAX_FILE_BYTES) continue;
      const copy = join(folder, `part-${index}`, relative(from, file));
      await mkdir(dirname(copy), { recursive: true });
      await copyFile(file, copy);
      files.push(copy);
      bytes += size;
    }
  }
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  if (bytes > ENOUGH_BYTES / 10) return { folder, files, bytes, origin, remove };
  await remove();
  return undefined;
}

const leftOut =
  /^(?:node_modules|dist|build|out|target|vendor|site-packages|__pycache__|testdata|tests?|idlelib|lib2to3)$/;

async function* sourceFiles(folder: string, endings: readonly string[]): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const { name, ...entry } of entries.map(one => ({
    name: one.name,
    isFolder: one.isDirectory(),
    isFile: one.isFile(),
  }))) {
    const path = join(folder, name);
    if (entry.isFolder && !leftOut.test(name)) yield* sourceFiles(path, endings);
    const isSource = endings.some(ending => name.endsWith(ending)) && !/\.d\.|\.min\.|_test\./.test(name);
    if (entry.isFile && isSource) yield path;
  }
}

async function javascriptFolders(): Promise<string[]> {
  const packages = [
    ...['mocha/lib', 'vscode-languageserver/lib', 'vscode-jsonrpc/lib', 'vscode-languageserver-protocol/lib'],
    ...['commander/lib', 'semver', 'dependency-cruiser/src', 'chokidar', 'picomatch/lib', 'fast-check/lib'],
    ...[
      'playwright-core/lib/server',
      '@vscode/vsce/out',
      'yaml/browser',
      'acorn',
      'minimatch',
      'glob',
      'yargs',
    ],
  ];
  return packages.map(name => join(modules, name));
}

async function typescriptFolders(): Promise<string[]> {
  return [join(modules, 'ajv', 'lib'), join(root, 'src'), join(root, 'test')];
}

async function pythonFolders(): Promise<string[]> {
  return said('python3', ['-c', "import sysconfig; print(sysconfig.get_paths()['stdlib'])"]);
}

async function goFolders(): Promise<string[]> {
  const roots = await said('go', ['env', 'GOROOT']);
  const packages = ['net', 'encoding', 'crypto', 'go', 'archive', 'database', 'html', 'os', 'text', 'image'];
  return roots.flatMap(goRoot => packages.map(name => join(goRoot, 'src', name)));
}

async function rustFolders(): Promise<string[]> {
  const registry = join(process.env['CARGO_HOME'] ?? join(homedir(), '.cargo'), 'registry', 'src');
  const indexes = await readdir(registry).catch(() => []);
  return [join(root, 'src/sdk/rust'), ...indexes.map(name => join(registry, name))];
}

/** What a program prints, as one path; nothing where there is no such program. */
async function said(program: string, args: readonly string[]): Promise<string[]> {
  try {
    return [(await promisify(execFile)(program, args)).stdout.trim()];
  } catch {
    return [];
  }
}
