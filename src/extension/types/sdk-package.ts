import { randomUUID } from 'node:crypto';
import { cp, lstat, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import gt from 'semver/functions/gt.js';
import valid from 'semver/functions/valid.js';

/** What became of the SDK package in a plugin's folder. `foreign`: something else has its place, and was left alone. */
export type SdkPackageOutcome = 'current' | 'written' | 'foreign';

/** The package's name, as plugins import it. */
const packageName = 'plugin-workbench';

/**
 * Sees to it that `<pluginDir>/node_modules/plugin-workbench` is the SDK package of `sdkDir`, for the types in it.
 *
 * It never follows a symbolic link, never replaces a package of another make or a newer one, and never leaves half a
 * package behind.
 */
export async function writeSdkPackage(sdkDir: string, pluginDir: string): Promise<SdkPackageOutcome> {
  const modules = join(pluginDir, 'node_modules');
  const target = join(modules, packageName);
  if ((await kindOf(modules)) === 'other') return 'foreign';
  const present = await kindOf(target);
  if (present === 'other') return 'foreign';
  const ours = await readPackage(sdkDir);
  if (present === 'folder') {
    const theirs = await readPackage(target);
    if (sameFiles(ours, theirs)) return 'current';
    if (!isReplaceable(theirs, ours)) return 'foreign';
  }

  await mkdir(modules, { recursive: true });
  const fresh = join(modules, `.${packageName}-${randomUUID()}`);
  const old = `${fresh}-old`;
  try {
    await cp(sdkDir, fresh, { recursive: true });
    if (present === 'folder') await rename(target, old);
    await rename(fresh, target);
  } finally {
    await rm(fresh, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
  return 'written';
}

/** Relative path → content; `undefined` for what is no plain file. */
type PackageFiles = ReadonlyMap<string, string | undefined>;

/** Bigger than the SDK will ever be; a folder with more in it is something else. */
const maxFiles = 50;

async function readPackage(dir: string): Promise<PackageFiles> {
  const files = new Map<string, string | undefined>();
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  for (const entry of entries.slice(0, maxFiles)) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(dir.length + 1), entry.isFile() ? await readFile(path, 'utf8') : undefined);
  }
  return files;
}

function sameFiles(a: PackageFiles, b: PackageFiles): boolean {
  return a.size === b.size && [...a].every(([path, content]) => b.get(path) === content);
}

/** An earlier copy of the SDK: of that name, with no file that the SDK does not have, and not newer. */
function isReplaceable(theirs: PackageFiles, ours: PackageFiles): boolean {
  const { name, version } = describe(theirs);
  if (name !== packageName) return false;
  if ([...theirs.keys()].some(path => !ours.has(path))) return false;
  const ourVersion = valid(describe(ours).version);
  return valid(version) === null || ourVersion === null || !gt(version, ourVersion);
}

function describe(files: PackageFiles): { name: string; version: string } {
  try {
    const value: unknown = JSON.parse(files.get('package.json') ?? '');
    if (typeof value === 'object' && value !== null && 'name' in value) {
      const version = 'version' in value ? value.version : '';
      return { name: String(value.name), version: String(version) };
    }
  } catch {
    // No package.json that can be read: not ours.
  }
  return { name: '', version: '' };
}

async function kindOf(path: string): Promise<'folder' | 'none' | 'other'> {
  try {
    return (await lstat(path)).isDirectory() ? 'folder' : 'other';
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'none';
    throw error;
  }
}
