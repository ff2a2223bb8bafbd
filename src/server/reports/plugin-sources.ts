import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { isScannable, MAX_SOURCE_LENGTH } from '../../analysis/index.ts';
import { manifestFileNames } from '../../manifest/index.ts';
import { leftOutFolders } from '../../manifest/left-out/index.ts';

/** Bounds of what one review looks at. */
export const MAX_REVIEWED_FILES = 2_000;
const MAX_FOLDERS = 10_000;
const MAX_DEPTH = 32;

const skipped: ReadonlySet<string> = new Set(leftOutFolders);
const manifestNames: ReadonlySet<string> = new Set(manifestFileNames);

/**
 * The source files of a plugin, absolute, in the order of the alphabet; not those of dependencies, of build output, and of
 * plugins below it. Links are not followed. At most one file more than {@link MAX_REVIEWED_FILES}.
 */
export async function* sourcesOf(
  folder: string,
  isCancelled: () => boolean,
): AsyncGenerator<string, void, void> {
  const open = [{ path: folder, depth: 0 }];
  let files = 0;
  let folders = 0;
  for (let next = open.pop(); next !== undefined && folders < MAX_FOLDERS; next = open.pop(), folders++) {
    const { path, depth } = next;
    const entries = await entriesOf(path);
    if (isCancelled()) return;
    if (depth > 0 && entries.some(({ name }) => manifestNames.has(name))) continue;
    const below: string[] = [];
    for (const entry of entries) {
      const inside = join(path, entry.name);
      if (entry.isDirectory() && !skipped.has(entry.name) && depth < MAX_DEPTH) below.push(inside);
      else if (entry.isFile() && isScannable(relative(folder, inside))) {
        yield inside;
        if (++files > MAX_REVIEWED_FILES) return;
      }
    }
    for (const inside of below.reverse()) open.push({ path: inside, depth: depth + 1 });
  }
}

/** The text of a source file; `undefined` when it is too large or can't be read. */
export async function readSourceText(file: string): Promise<string | undefined> {
  try {
    const stats = await stat(file);
    // A UTF-16 code unit is at most three bytes of UTF-8.
    if (!stats.isFile() || stats.size > 3 * MAX_SOURCE_LENGTH) return undefined;
    return await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}
