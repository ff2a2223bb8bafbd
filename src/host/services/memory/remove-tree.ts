import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  lstatSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  unlinkSync,
} from 'node:fs';

/** With Linux's O_PATH, which needs no right to read: a plugin may have taken that away. */
const asFolder = 0o10000000 | constants.O_DIRECTORY | constants.O_NOFOLLOW;

/**
 * Removes an entry of a folder and all in it, although a plugin may be changing it meanwhile. Every step goes through
 * an open descriptor of the folder, so that a link put in the place of one leads nowhere. What can't be removed stays.
 *
 * @param folder a path that only the host can change
 */
export function removeEntry(folder: string, name: string): void {
  withFolder(folder, fd => removeAll(fd, [name]));
}

/** Removes all in a folder, as far as that is possible; a folder that is not there is empty. */
export function emptyFolder(folder: string): void {
  attempt(() => withFolder(folder, fd => removeAll(fd, readdirSync(inside(fd)))));
}

/** A folder within is emptied of files, its folders are moved up to wait their turn: no depth is too deep. */
function removeAll(top: number, names: string[]): void {
  for (let name = names.pop(); name !== undefined; name = names.pop()) {
    const path = inside(top, name);
    if (attempt(() => unlinkSync(path))) continue;
    attempt(() => withFolder(path, folder => names.push(...raise(folder, top))));
    attempt(() => rmdirSync(path));
  }
}

/** Removes the files of a folder and moves its folders into another; says their new names. */
function raise(folder: number, to: number): string[] {
  const raised: string[] = [];
  for (const name of readdirSync(inside(folder))) {
    const path = inside(folder, name);
    const fresh = randomBytes(12).toString('hex');
    if (!lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) attempt(() => unlinkSync(path));
    else if (attempt(() => renameSync(path, inside(to, fresh)))) raised.push(fresh);
  }
  return raised;
}

function withFolder(path: string, work: (fd: number) => void): void {
  const fd = openSync(path, asFolder);
  try {
    chmodSync(`/proc/self/fd/${fd}`, 0o700);
    work(fd);
  } finally {
    closeSync(fd);
  }
}

function inside(folder: number, name = ''): string {
  return `/proc/self/fd/${folder}/${name}`;
}

/** False when it failed: what it was about is gone, or the plugin was quicker. */
function attempt(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
