import { readFileSync, realpathSync, statSync } from 'node:fs';
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
  /** The real path; `undefined` when it leads out. Throws when there is nothing. */
  const inside = (relativePath: string): string | undefined => {
    const root = realpathSync(folder);
    const path = realpathSync(resolve(root, relativePath));
    return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep) ? path : undefined;
  };
  return {
    kindOf: relativePath => {
      try {
        const path = inside(relativePath);
        if (path === undefined) return undefined;
        const stats = statSync(path);
        if (stats.isDirectory()) return 'folder';
        return stats.isFile() ? 'file' : undefined;
      } catch {
        // It is not there, may not be looked at, or is no path at all.
        return undefined;
      }
    },
    textOf: relativePath => {
      try {
        const path = inside(relativePath);
        if (path === undefined) return undefined;
        const stats = statSync(path);
        if (!stats.isFile() || stats.size > maxCompanionBytes) return undefined;
        return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
      } catch {
        // It is not there, may not be read, or is no text.
        return undefined;
      }
    },
  };
}
