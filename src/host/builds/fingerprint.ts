import { createHash } from 'node:crypto';
import { lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Folders that no tool of any language builds a plugin from. */
const ignored = new Set(['.git', '.hg', '.svn', 'node_modules', '.venv', '__pycache__', 'coverage']);

/**
 * A text that changes when any file below the folders does: by name, size, time and inode, without reading content.
 * Links are not followed.
 *
 * @param alsoIgnored names of further folders that don't count, such as the tool's own output
 */
export function fingerprintFolders(folders: readonly string[], alsoIgnored: readonly string[] = []): string {
  const hash = createHash('sha256');
  const visit = (folder: string): void => {
    const entries = readdirSync(folder, { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const place = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!ignored.has(entry.name) && !alsoIgnored.includes(entry.name)) visit(place);
        continue;
      }
      const stats = lstatSync(place, { bigint: true, throwIfNoEntry: false });
      if (stats === undefined) continue;
      hash.update(`${place}\0${stats.size}\0${stats.mtimeNs}\0${stats.ctimeNs}\0${stats.ino}\n`);
    }
  };
  for (const folder of folders) visit(folder);
  return hash.digest('hex');
}
