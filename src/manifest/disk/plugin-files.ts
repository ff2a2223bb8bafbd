import { realpathSync, statSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import type { PluginFiles } from '../index.ts';

/**
 * The files beside a manifest, as they lie on this machine's disk. What lies outside the folder does not exist,
 * whether a path climbs out with `..` or a symbolic link leads out.
 *
 * @param folder absolute path of the plugin's folder
 */
export function pluginFilesOnDisk(folder: string): PluginFiles {
  return {
    kindOf: relativePath => {
      try {
        const root = realpathSync(folder);
        const path = realpathSync(resolve(root, relativePath));
        if (path !== root && !path.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined;
        const stats = statSync(path);
        if (stats.isDirectory()) return 'folder';
        return stats.isFile() ? 'file' : undefined;
      } catch {
        // It is not there, may not be looked at, or is no path at all.
        return undefined;
      }
    },
  };
}
