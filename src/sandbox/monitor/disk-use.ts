import { lstat, opendir } from 'node:fs/promises';
import path from 'node:path';

/** Entries looked at in one go at most; a larger tree counts as what was seen of it. */
const MOST_ENTRIES = 20_000;

/** Bytes taken up by the files in some folders; links are not followed, and what can't be read counts nothing. */
export async function measureFolders(folders: readonly string[]): Promise<number> {
  const pending = [...folders];
  let bytes = 0;
  let seen = 0;
  for (let folder = pending.pop(); folder !== undefined && seen < MOST_ENTRIES; folder = pending.pop()) {
    const entries = await opendir(folder).catch(() => undefined);
    if (entries === undefined) continue;
    for await (const entry of entries) {
      if (++seen >= MOST_ENTRIES) break;
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) pending.push(file);
      // Blocks, not length: a file of one hole takes up nothing.
      else bytes += ((await lstat(file).catch(() => undefined))?.blocks ?? 0) * 512;
    }
  }
  return bytes;
}
