import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { WorkbenchError } from '../base/index.ts';

/** Folders no command looks into: other people's code and version control. */
const skipped = new Set(['node_modules', '.git', '.hg', '.svn', '.plugin-meta']);

/**
 * Lists the files a command was pointed at: a file is taken as it is, a folder is searched for files that `accept`.
 * Symbolic links are not followed, so that a loop or a link out of the folder can't lead astray.
 *
 * @param onUnreadable told a folder that could not be listed, with the system's code such as `EACCES`
 * @throws WorkbenchError `PW-CLI-PATH` when a path does not exist or can't be read.
 */
export async function findFiles(
  paths: readonly string[],
  accept: (path: string) => boolean,
  onUnreadable: (folder: string, code: string) => void = () => {},
): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const path of paths.map(p => resolve(p))) {
    if ((await kindOf(path)) === 'file') found.add(path);
    else await walk(path, { accept, onUnreadable }, found);
  }
  return [...found];
}

interface Walk {
  accept(path: string): boolean;
  onUnreadable(folder: string, code: string): void;
}

async function walk(folder: string, ports: Walk, found: Set<string>): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    ports.onUnreadable(folder, error.code ?? 'unknown');
    return [];
  });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!skipped.has(entry.name)) await walk(path, ports, found);
    } else if (entry.isFile() && ports.accept(path)) found.add(path);
  }
}

async function kindOf(path: string): Promise<'file' | 'folder'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (cause) {
    throw new WorkbenchError('PW-CLI-PATH', `There is no file or folder ${path}.`, {
      nextStep: 'Check the spelling, or give an absolute path.',
      cause,
    });
  }
}
