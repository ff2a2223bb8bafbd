import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Files that a project's own folder has. */
const MARKERS: ReadonlySet<string> = new Set([
  'plugin.json',
  'plugin.yaml',
  'plugin.yml',
  'package.json',
  'pyproject.toml',
  'setup.py',
  'go.mod',
  'Cargo.toml',
]);

/** How far above a file that was named its project may begin. */
const MAX_LEVELS = 6;

/** Whether a folder with these files in it is a project's own. */
export function isProjectFolder(fileNames: Iterable<string>): boolean {
  for (const name of fileNames) if (MARKERS.has(name)) return true;
  return false;
}

/** The folder of the project that a file is part of: the nearest above that is marked as one, else the file's own. */
export function projectOf(file: string): string {
  const own = dirname(file);
  let folder = own;
  for (let level = 0; level < MAX_LEVELS; level++) {
    for (const marker of MARKERS) if (existsSync(join(folder, marker))) return folder;
    const above = dirname(folder);
    if (above === folder) break;
    folder = above;
  }
  return own;
}
