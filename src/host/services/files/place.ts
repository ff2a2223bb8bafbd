import { constants, type Stats } from 'node:fs';
import { type FileHandle, open, readlink } from 'node:fs/promises';

/** Linux's O_PATH: holds a file without opening it, so that a pipe or a device is not touched. */
const namesOnly = 0o10000000;
/** As many links as Linux follows before it calls a path a loop. */
const MOST_LINKS = 40;

/** Where a path really leads, held open: nobody can put something else there. Close it. */
export interface Place {
  /** The names from the root on, no link among them. */
  readonly parts: readonly string[];
  /** The folder it lies in; its name there is the last of `parts`. `undefined` for the root itself. */
  readonly folder: FileHandle | undefined;
  /** What is there; `undefined` when there is nothing. */
  readonly found: { readonly handle: FileHandle; readonly stats: Stats } | undefined;
  close(): Promise<void>;
}

/** Why a path leads nowhere. */
export type Dead = 'outside' | 'nothing' | 'loop' | 'notFolder';

/** Thrown when a walk ends before its path does. */
export class DeadEnd extends Error {
  readonly why: Dead;

  constructor(why: Dead) {
    super(why);
    this.name = 'DeadEnd';
    this.why = why;
  }
}

/**
 * Walks an absolute path from the root, name by name, each looked up in the folder that the one before has opened.
 * Links are read and followed by hand, so that a link is a detour in the same walk: every folder on the way is asked
 * for before anything in it is touched, and a plugin learns nothing about what lies elsewhere.
 *
 * @param names the path from the root on; `..` goes back one folder of the way really gone
 * @param mayPass whether something the plugin may use can lie at or below these names
 * @throws DeadEnd
 */
export async function walk(
  names: readonly string[],
  mayPass: (parts: readonly string[]) => boolean,
): Promise<Place> {
  const folders: FileHandle[] = [await open('/', namesOnly | constants.O_DIRECTORY)];
  const parts: string[] = [];
  const ahead = [...names].reverse();
  let links = 0;
  try {
    for (;;) {
      const name = ahead.pop();
      if (name === undefined) return await atFolder(folders, parts);
      if (name === '' || name === '.') continue;
      if (name === '..') {
        if (folders.length > 1) await folders.pop()?.close();
        parts.pop();
        continue;
      }
      const isLast = ahead.every(rest => rest === '' || rest === '.');
      if (!mayPass([...parts, name])) throw new DeadEnd('outside');
      const folder = last(folders);
      const handle = await open(inside(folder, name), namesOnly | constants.O_NOFOLLOW).catch(error => {
        if (!isMissing(error)) throw error;
        if (!isLast) throw new DeadEnd('nothing');
        return undefined;
      });
      if (handle === undefined) return place(folders, [...parts, name], undefined);
      const stats = await handle.stat();
      if (stats.isSymbolicLink()) {
        await handle.close();
        // By its name once more: whatever is read is a detour that is checked like any other.
        const target = await readlink(inside(folder, name)).catch(() => {
          throw new DeadEnd('nothing');
        });
        if (++links > MOST_LINKS) throw new DeadEnd('loop');
        if (target.startsWith('/')) {
          while (folders.length > 1) await folders.pop()?.close();
          parts.length = 0;
        }
        ahead.push(...target.split('/').reverse());
        continue;
      }
      if (isLast && !stats.isDirectory()) return place(folders, [...parts, name], { handle, stats });
      folders.push(handle);
      parts.push(name);
      if (!stats.isDirectory()) throw new DeadEnd('notFolder');
    }
  } catch (error) {
    await closeAll(folders);
    throw error;
  }
}

/** What a name stands for in an open folder, whatever the folder is called by now. */
export function inside(folder: FileHandle, name: string): string {
  return `/proc/self/fd/${folder.fd}/${name}`;
}

/** The path by which an open file can be opened again, for reading say: the same one, wherever it is by now. */
export function itself(handle: FileHandle): string {
  return `/proc/self/fd/${handle.fd}`;
}

/** Whether a file is still where it was found: between two steps a folder may have been moved away. */
export async function isStillAt(handle: FileHandle, parts: readonly string[]): Promise<boolean> {
  return (await readlink(itself(handle))) === `/${parts.join('/')}`;
}

async function atFolder(folders: FileHandle[], parts: readonly string[]): Promise<Place> {
  const handle = folders.pop();
  if (handle === undefined) throw new DeadEnd('nothing');
  const stats = await handle.stat();
  return place(folders, parts, { handle, stats });
}

function place(folders: readonly FileHandle[], parts: readonly string[], found: Place['found']): Place {
  return {
    parts,
    folder: folders.at(-1),
    found,
    close: () => closeAll(found === undefined ? folders : [...folders, found.handle]),
  };
}

async function closeAll(handles: readonly FileHandle[]): Promise<void> {
  await Promise.all(handles.map(handle => handle.close()));
}

function last(folders: readonly FileHandle[]): FileHandle {
  const folder = folders.at(-1);
  if (folder === undefined) throw new Error('A walk has left the root.');
  return folder;
}

function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENAMETOOLONG';
}
