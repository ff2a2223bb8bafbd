import { readdir, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Figure } from '../statistics.ts';

/** Size of the newest packaged extension; `undefined` before `npm run package`. */
export async function measurePackageSize(): Promise<Figure | undefined> {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const packages = (await readdir(root)).filter(name => name.endsWith('.vsix')).sort();
  const newest = packages.at(-1);
  if (newest === undefined) return undefined;
  const { size } = await stat(root + newest);
  return { name: 'VSIX', unit: 'MiB', ours: size / 1048576, note: newest };
}
