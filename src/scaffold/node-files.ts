import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ScaffoldFiles } from './change-set.ts';
import type { TemplateSource } from './plan.ts';

/** The files of this machine's disk. */
export const diskFiles: ScaffoldFiles = {
  async read(path) {
    try {
      return await readFile(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  },
  async create(path, text) {
    await mkdir(dirname(path), { recursive: true });
    // `wx` refuses what came to be there since the preview, a dangling symbolic link included.
    await writeFile(path, text, { flag: 'wx' });
  },
};

/** The templates in a folder, the package's `templates/`. */
export function templatesIn(dir: string): TemplateSource {
  return { read: path => readFile(join(dir, path), 'utf8') };
}
