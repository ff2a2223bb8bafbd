import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { fingerprintFolders } from '../builds/index.ts';
import type { PythonProbe } from './python-probe.ts';

/** Compiling a few dozen small files takes a second at most. */
const COMPILE_MS = 60_000;

/** Gives the folder of the SDK to show to a plugin on that interpreter. */
export type SdkCompiler = (python: Pick<PythonProbe, 'execPath' | 'version'>) => Promise<string>;

/**
 * Puts bytecode beside a copy of the SDK, so that a plugin's process need not compile it at every start: it could not
 * keep what it compiles, for its file system is read-only. Done once for each interpreter and version of the SDK.
 *
 * @param sdkDir absolute folder of the SDK as it is shipped; it is given itself when the bytecode can't be made
 * @param cacheDir absolute; made when missing
 */
export function createSdkCompiler(sdkDir: string, cacheDir: string): SdkCompiler {
  const known = new Map<string, Promise<string>>();
  return async ({ execPath, version }) => {
    const state = [execPath, version, fingerprintFolders([sdkDir])].join('\0');
    const found = known.get(state) ?? compile(execPath, version, sdkDir, path.join(cacheDir, 'python-sdk'));
    known.set(state, found);
    return found;
  };
}

async function compile(execPath: string, version: string, sdkDir: string, root: string): Promise<string> {
  // By content, so that copies of one SDK in several places share what is made of it.
  const key = createHash('sha256').update(`${execPath}\0${version}\0`);
  for (const file of await filesOf(sdkDir)) {
    key.update(`${file}\0`).update(await readFile(path.join(sdkDir, file)));
  }
  const folder = path.join(root, key.digest('hex').slice(0, 32));
  if (existsSync(folder)) return folder;
  const fresh = `${folder}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  try {
    await mkdir(root, { recursive: true });
    await cp(sdkDir, fresh, { recursive: true });
    // By hash and unchecked: the copy never changes, and its times are of no interest.
    const flags = ['-q', '--invalidation-mode', 'unchecked-hash'];
    await promisify(execFile)(execPath, ['-I', '-S', '-m', 'compileall', ...flags, fresh], {
      timeout: COMPILE_MS,
      env: {},
    });
    await rename(fresh, folder);
    return folder;
  } catch {
    await rm(fresh, { recursive: true, force: true });
    // Another host may have been faster; else the SDK works without bytecode, only slower.
    return existsSync(folder) ? folder : sdkDir;
  }
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter(entry => entry.isFile())
    .map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}
