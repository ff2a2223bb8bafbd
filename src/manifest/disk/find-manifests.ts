import type { Dirent } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { manifestFileNames } from '../index.ts';
import { leftOutFolders } from '../left-out/index.ts';

const leftOut: ReadonlySet<string> = new Set(leftOutFolders);

/** Whether a path lies in a folder that a search for manifests leaves out, seen from a folder above it. */
export function isLeftOut(relativePath: string): boolean {
  return relativePath.split(/[\\/]/).some(part => leftOut.has(part));
}

/** How far a search goes, and who hears about it. */
export interface ManifestSearch {
  /** Told a folder that could not be listed, with the system's code such as `EACCES`. */
  onUnreadable?(folder: string, code: string): void;
  /** Most folders that are looked into; then the search ends. Default: 100 000. */
  readonly maxFolders?: number;
}

const manifestNames: ReadonlySet<string> = new Set(manifestFileNames);
/** Deeper than anyone nests folders; a path of that depth is near the longest a system allows. */
const maxDepth = 64;

/**
 * Finds what is called like a manifest below a folder, folder by folder, in the order of the alphabet. Linked folders
 * are not entered, so that a circle or a link that leads out can't lead astray; a linked manifest is found when it
 * stays in its own folder or can't be resolved, which reading it then says.
 *
 * @param folder absolute path
 */
export async function* findManifests(
  folder: string,
  search: ManifestSearch = {},
  signal?: AbortSignal,
): AsyncGenerator<string, void, void> {
  let left = search.maxFolders ?? 100_000;
  const open: { readonly path: string; readonly depth: number }[] = [{ path: folder, depth: 0 }];
  for (let next = open.pop(); next !== undefined && left > 0; next = open.pop(), left--) {
    if (signal?.aborted) return;
    const { path, depth } = next;
    const below: string[] = [];
    for (const entry of await entriesOf(path, search)) {
      const inside = join(path, entry.name);
      if (manifestNames.has(entry.name) && (await isCandidate(entry, path, inside))) yield inside;
      else if (entry.isDirectory() && !leftOut.has(entry.name) && depth < maxDepth) below.push(inside);
    }
    for (const inside of below.reverse()) open.push({ path: inside, depth: depth + 1 });
  }
}

async function entriesOf(folder: string, search: ManifestSearch): Promise<Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    // A folder that goes away meanwhile is no news.
    if (code !== 'ENOENT') search.onUnreadable?.(folder, code);
    return [];
  }
}

/** A folder, a pipe or a device of a manifest's name is one too: whoever made it meant something by it. */
async function isCandidate(entry: Dirent, folder: string, path: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return true;
  try {
    const root = await realpath(folder);
    const target = await realpath(path);
    return target.startsWith(root.endsWith(sep) ? root : root + sep);
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
  }
}
