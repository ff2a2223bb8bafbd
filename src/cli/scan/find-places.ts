import type { Dirent } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import {
  isLeftOutFile,
  isLeftOutFolder,
  isTestCode,
  isVersionControl,
  languageOf,
  type SourceLanguage,
} from '../../analysis/index.ts';
import { WorkbenchError } from '../../base/index.ts';
import type { Place, Places } from './place.ts';
import { isProjectFolder, projectOf } from './project-markers.ts';

/** What is looked for. */
export interface Wanted {
  readonly languages: ReadonlySet<SourceLanguage>;
  /** Takes in dependencies, build output and minified files. */
  readonly all: boolean;
  /** Told a folder that could not be listed, with the system's code such as `EACCES`. */
  onUnreadable(folder: string, code: string): void;
}

/** More than any disk has folders within one another, and less than a path may be long. */
const MAX_DEPTH = 256;

/**
 * Lists the files to look at. A file that is named is taken as it is; a folder is searched for source, except what lies
 * below it in folders of dependencies and build output: what a folder's own place is called does not matter. Symbolic
 * links below a folder are not followed, so that a loop or a link out of it can't lead astray.
 *
 * @throws WorkbenchError `PW-CLI-PATH` when a path does not exist or can't be read.
 */
export async function findPlaces(paths: readonly string[], wanted: Wanted): Promise<Places> {
  const found = new Map<string, Place>();
  const unknown: string[] = [];
  const leftOut = { folders: new Set<string>(), files: new Set<string>() };
  for (const path of paths.map(one => resolve(one))) {
    const stats = await statsOf(path);
    if (stats.isDirectory()) {
      await walk(path, wanted, found, leftOut);
      continue;
    }
    const language = languageOf(path) ?? (await languageOfFirstLine(path));
    if (language === undefined) unknown.push(path);
    else if (wanted.languages.has(language)) {
      const isTest = isTestCode(basename(path));
      found.set(path, { file: path, root: projectOf(path), language, isTest, size: stats.size });
    }
  }
  return {
    places: [...found.values()],
    leftOutFolders: leftOut.folders.size,
    leftOutFiles: leftOut.files.size,
    unknown,
  };
}

async function statsOf(path: string) {
  try {
    return await stat(path);
  } catch (cause) {
    throw new WorkbenchError('PW-CLI-PATH', `There is no file or folder ${path}.`, {
      nextStep: 'Check the spelling, or give an absolute path.',
      cause,
    });
  }
}

async function walk(
  given: string,
  wanted: Wanted,
  found: Map<string, Place>,
  leftOut: { readonly folders: Set<string>; readonly files: Set<string> },
): Promise<void> {
  const waiting = [{ folder: given, root: given, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { folder, depth } = next;
    const entries = await entriesOf(folder, wanted);
    const root = isProjectFolder(entries.filter(entry => entry.isFile()).map(({ name }) => name))
      ? folder
      : next.root;
    const below: string[] = [];
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (isVersionControl(entry.name)) continue;
        if (!wanted.all && (await isLeftOut(entry.name, path))) leftOut.folders.add(path);
        else if (depth < MAX_DEPTH) below.push(path);
        else wanted.onUnreadable(path, 'too deep');
        continue;
      }
      const language = entry.isFile() ? languageOf(entry.name) : undefined;
      if (language === undefined || !wanted.languages.has(language) || found.has(path)) continue;
      if (!wanted.all && isLeftOutFile(entry.name)) {
        leftOut.files.add(path);
        continue;
      }
      const size = await stat(path).then(
        stats => stats.size,
        () => 0,
      );
      found.set(path, { file: path, root, language, isTest: isTestCode(relative(given, path)), size });
    }
    for (const path of below.reverse()) waiting.push({ folder: path, root, depth: depth + 1 });
  }
}

/** By its name, or by what Python puts into every environment of installed packages. */
async function isLeftOut(name: string, path: string): Promise<boolean> {
  if (isLeftOutFolder(name)) return true;
  if (!/env/i.test(name)) return false;
  return stat(join(path, 'pyvenv.cfg')).then(
    stats => stats.isFile(),
    () => false,
  );
}

async function entriesOf(folder: string, wanted: Wanted): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    wanted.onUnreadable(folder, error.code ?? 'unknown');
    return [];
  });
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The language of a program without an ending, by the interpreter that its first line names. */
async function languageOfFirstLine(path: string): Promise<SourceLanguage | undefined> {
  if (basename(path).includes('.') || dirname(path).startsWith('/dev')) return undefined;
  try {
    const stats = await stat(path);
    if (!stats.isFile()) return undefined;
    await using handle = await open(path);
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(128), position: 0 });
    const [line = ''] = buffer.subarray(0, bytesRead).toString('latin1').split('\n');
    if (!line.startsWith('#!')) return undefined;
    if (/\bpython[\d.]*\b/.test(line)) return 'python';
    return /\b(?:node|bun|deno)\b/.test(line) ? 'javascript' : undefined;
  } catch {
    return undefined;
  }
}
