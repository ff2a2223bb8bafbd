import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, lstatSync, mkdirSync, opendirSync, rmdirSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { emptyFolder, removeEntry } from './remove-tree.ts';
import type { SegmentFile } from './segment-file.ts';

/** Where a segment shows up for a plugin: `ro` in its read-only mount, `rw` in the writable one. */
export type Side = 'ro' | 'rw';

/** What a plugin has in its writable folder that the host did not put there. */
export interface Strangers {
  readonly names: readonly string[];
  /** Memory they take. */
  readonly bytes: number;
  /** True for folders, and for more entries than are looked at: what they hold can't be told. */
  readonly untold: boolean;
}

/** Most entries of a folder that are looked at. */
const MAX_ENTRIES = 1000;

/** The two folders of one plugin process. */
export interface Folders {
  /** Path of a folder on the host. */
  pathOf(side: Side): string;
  link(side: Side, file: SegmentFile): void;
  unlink(side: Side, name: string): void;
  /** True when the link is still the file it was made for. */
  holds(side: Side, file: SegmentFile): boolean;
  /** What else is there. */
  strangers(known: ReadonlySet<string>): Strangers;
  removeStranger(name: string): void;
  remove(): void;
}

/**
 * Makes the folders of a process.
 *
 * @param forOthers the process may run as another user; then it can reach both and create entries in neither
 */
export function makeFolders(parent: string, forOthers: boolean): Folders {
  const dir = path.join(parent, randomBytes(12).toString('hex'));
  const folder = (name: string, mode: number): string => {
    const made = path.join(dir, name);
    mkdirSync(made);
    chmodSync(made, mode);
    return made;
  };
  mkdirSync(dir);
  chmodSync(dir, forOthers ? 0o711 : 0o700);
  const mode = forOthers ? 0o755 : 0o700;
  const sides = { ro: folder('ro', mode), rw: folder('rw', mode) } as const;
  const placeOf = (side: Side, file: SegmentFile): string => path.join(sides[side], path.basename(file.path));

  /** The user of the process may own the folder, and have taken the host's rights to it away. */
  const reach = (side: Side): void => chmodSync(sides[side], mode);

  return {
    pathOf: side => sides[side],
    link: (side, file) => {
      reach(side);
      const place = placeOf(side, file);
      try {
        linkSync(file.path, place);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        removeEntry(sides[side], path.basename(place));
        linkSync(file.path, place);
      }
    },
    unlink: (side, name) => {
      reach(side);
      try {
        unlinkSync(path.join(sides[side], name));
      } catch {
        // A plugin that put something else there, or took it away itself, keeps nothing: the next look clears it.
      }
    },
    holds: (side, file) => lstatSync(placeOf(side, file), { throwIfNoEntry: false })?.ino === file.inode,
    strangers: known => findStrangers(sides.rw, known),
    removeStranger: name => removeEntry(sides.rw, name),
    remove: () => {
      for (const side of Object.values(sides)) {
        emptyFolder(side);
        rmdirSync(side);
      }
      rmdirSync(dir);
    },
  };
}

function findStrangers(folder: string, known: ReadonlySet<string>): Strangers {
  const names: string[] = [];
  let bytes = 0;
  let untold = false;
  const entries = opendirSync(folder);
  try {
    for (let entry = entries.readSync(); entry !== null; entry = entries.readSync()) {
      if (known.has(entry.name)) continue;
      if (names.push(entry.name) > MAX_ENTRIES) return { names, bytes, untold: true };
      const facts = lstatSync(path.join(folder, entry.name), { throwIfNoEntry: false });
      bytes += (facts?.blocks ?? 0) * 512;
      untold ||= facts?.isDirectory() === true;
    }
  } finally {
    entries.closeSync();
  }
  return { names, bytes, untold };
}
