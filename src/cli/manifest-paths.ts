import { lstat, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { WorkbenchError } from '../base/index.ts';
import { findManifests, type ManifestSearch } from '../manifest/disk/index.ts';
import { manifestFileNames } from '../manifest/index.ts';

/**
 * The manifests a command was pointed at: a file is taken whatever it is called, a folder is searched, unless it is
 * called like a manifest itself. Each once, absolute.
 *
 * @throws WorkbenchError `PW-CLI-PATH` when there is nothing at a path.
 */
export async function manifestsAt(
  paths: readonly string[],
  search: ManifestSearch = {},
): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const path of paths.map(given => resolve(given))) {
    if (!(await isFolder(path)) || manifestFileNames.some(name => name === basename(path))) found.add(path);
    else for await (const file of findManifests(path, search)) found.add(file);
  }
  return [...found];
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    // A link in a circle is there, and reading it says what is wrong with it.
    const isLoop = cause instanceof Error && 'code' in cause && cause.code === 'ELOOP';
    if (isLoop && (await lstat(path).catch(() => undefined)) !== undefined) return false;
    throw new WorkbenchError('PW-CLI-PATH', `There is no file or folder ${path}.`, {
      nextStep: 'Check the spelling, or give an absolute path.',
      cause,
    });
  }
}
