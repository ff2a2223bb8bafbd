import { readlink } from 'node:fs/promises';
import type { Held, Hold } from './hold.ts';

/** As many links as Linux follows before it calls a path a loop. */
const MOST_LINKS = 40;

/** Where a path really leads, held open: nobody can put something else there. Close it. */
export interface Place {
  /** The names from the root on, no link among them. */
  readonly parts: readonly string[];
  /** The folder it lies in; its name there is the last of `parts`. `undefined` for the root itself. */
  readonly folder: Held | undefined;
  /** What is there; `undefined` when there is nothing. */
  readonly found: Held | undefined;
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
 * @param hold how what is found is kept from being exchanged
 * @throws DeadEnd
 */
export async function walk(
  names: readonly string[],
  mayPass: (parts: readonly string[]) => boolean,
  hold: Hold,
): Promise<Place> {
  const folders: Held[] = [await hold('/')];
  const parts: string[] = [];
  const ahead = [...names].reverse();
  let links = 0;
  try {
    for (;;) {
      const name = ahead.pop();
      if (name === undefined) return atFolder(folders, parts);
      if (name === '' || name === '.') continue;
      if (name === '..') {
        if (folders.length > 1) await folders.pop()?.close();
        parts.pop();
        continue;
      }
      const isLast = ahead.every(rest => rest === '' || rest === '.');
      if (!mayPass([...parts, name])) throw new DeadEnd('outside');
      const folder = last(folders);
      const held = await hold(inside(folder, name)).catch(error => {
        if (!isMissing(error)) throw error;
        if (!isLast) throw new DeadEnd('nothing');
        return undefined;
      });
      if (held === undefined) return place(folders, [...parts, name], undefined);
      const { stats } = held;
      if (stats.isSymbolicLink()) {
        await held.close();
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
      if (isLast && !stats.isDirectory()) return place(folders, [...parts, name], held);
      folders.push(held);
      parts.push(name);
      if (!stats.isDirectory()) throw new DeadEnd('notFolder');
    }
  } catch (error) {
    await closeAll(folders);
    throw error;
  }
}

/** What a name stands for in an open folder, whatever the folder is called by now. */
export function inside(folder: Held, name: string): string {
  return folder.at === '/' ? `/${name}` : `${folder.at}/${name}`;
}

/** Whether a file is still where it was found: between two steps a folder may have been moved away. */
export async function isStillAt(held: Held, parts: readonly string[]): Promise<boolean> {
  return (await held.place()) === `/${parts.join('/')}`;
}

function atFolder(folders: Held[], parts: readonly string[]): Place {
  const held = folders.pop();
  if (held === undefined) throw new DeadEnd('nothing');
  return place(folders, parts, held);
}

function place(folders: readonly Held[], parts: readonly string[], found: Place['found']): Place {
  return {
    parts,
    folder: folders.at(-1),
    found,
    close: () => closeAll(found === undefined ? folders : [...folders, found]),
  };
}

async function closeAll(held: readonly Held[]): Promise<void> {
  await Promise.all(held.map(one => one.close()));
}

function last(folders: readonly Held[]): Held {
  const folder = folders.at(-1);
  if (folder === undefined) throw new Error('A walk has left the root.');
  return folder;
}

function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENAMETOOLONG';
}
