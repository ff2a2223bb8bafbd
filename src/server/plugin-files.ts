import { statSync } from 'node:fs';
import { resolve, sep } from 'node:path';

/** Looks at the files beside a manifest, never outside its folder. */
export function pluginFilesOf(folder: string): {
  kindOf(relativePath: string): 'file' | 'folder' | undefined;
} {
  return {
    kindOf: relativePath => {
      const path = resolve(folder, relativePath);
      if (path !== folder && !path.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return undefined;
      try {
        const stats = statSync(path, { throwIfNoEntry: false });
        if (stats?.isFile()) return 'file';
        return stats?.isDirectory() ? 'folder' : undefined;
      } catch {
        // Not allowed to look, or no valid path at all.
        return undefined;
      }
    },
  };
}
