import { readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import type { PluginFiles } from '../index.ts';

/** Longest file that is compared with a manifest, in bytes. */
const maxCompanionBytes = 256 * 1024;

/**
 * The files beside a manifest, as they lie on this machine's disk. What lies outside the folder does not exist,
 * whether a path climbs out with `..` or a symbolic link leads out.
 *
 * @param folder absolute path of the plugin's folder
 */
export function pluginFilesOnDisk(folder: string): PluginFiles {
  /** What is there; `undefined` when nothing is, or when it leads out. May throw where it can't be looked at. */
  const look = (relativePath: string): { path: string; stats: Stats } | undefined => {
    // Most of what is asked for is not there, and a manifest is checked at every key: the cheapest question first.
    const stats = statSync(resolve(folder, relativePath), { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    const root = realpathSync.native(folder);
    const path = realpathSync.native(resolve(root, relativePath));
    const isInside = path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
    return isInside ? { path, stats } : undefined;
  };
  return {
    kindOf: relativePath => {
      try {
        const found = look(relativePath);
        if (found?.stats.isDirectory()) return 'folder';
        return found?.stats.isFile() ? 'file' : undefined;
      } catch {
        // It is not there, may not be looked at, or is no path at all.
        return undefined;
      }
    },
    textOf: relativePath => {
      try {
        const found = look(relativePath);
        if (!found?.stats.isFile() || found.stats.size > maxCompanionBytes) return undefined;
        return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(found.path));
      } catch {
        // It is not there, may not be read, or is no text.
        return undefined;
      }
    },
  };
}
