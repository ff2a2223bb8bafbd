import { mkdir, readdir, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

const MAX_AGE_MS = 30 * 24 * 60 * 60 * 1000;
const MAX_FILES = 500;
const MAX_BYTES = 256 * 1024 * 1024;

/** Where the results of scans are kept, in the user's own cache folder. */
export function scanCacheFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const inHome = (...parts: string[]): string => join(homedir(), ...parts);
  const asked = env['XDG_CACHE_HOME'];
  const byPlatform =
    platform === 'darwin'
      ? inHome('Library', 'Caches')
      : platform === 'win32'
        ? (env['LOCALAPPDATA'] ?? inHome('AppData', 'Local'))
        : inHome('.cache');
  return join(asked !== undefined && asked !== '' ? asked : byPlatform, 'plugin-workbench', 'scan');
}

/** Writes a file of the cache whole or not at all: two scans may end at the same time. Nobody else can read it. */
export async function writeWhole(folder: string, name: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `${name}.${process.pid}.tmp`);
  try {
    await writeFile(draft, text, { mode: 0o600 });
    await rename(draft, join(folder, name));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Removes what has not been written for long, and the oldest where there is too much. Never rejects. */
export async function tidyCache(folder: string, now: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const files: { path: string; size: number; changed: number }[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const stats = await stat(path).catch(() => undefined);
    if (stats?.isFile()) files.push({ path, size: stats.size, changed: stats.mtimeMs });
  }
  files.sort((a, b) => b.changed - a.changed);
  let bytes = 0;
  for (const [index, { path, size, changed }] of files.entries()) {
    bytes += size;
    if (index >= MAX_FILES || bytes > MAX_BYTES || now - changed > MAX_AGE_MS) {
      await unlink(path).catch(() => undefined);
    }
  }
}
