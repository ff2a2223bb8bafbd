import { constants, type Stats } from 'node:fs';
import { lstat, open, readlink, realpath } from 'node:fs/promises';

/** A file or folder that was found, and the way to just this one. Close it. */
export interface Held {
  /** A path that leads to it, to open it again or to look something up in it. */
  readonly at: string;
  readonly stats: Stats;
  /** Where it is now; `undefined` when it is gone. */
  place(): Promise<string | undefined>;
  close(): Promise<void>;
}

/** Takes hold of what a path names, a link itself included, without touching what it is. Rejects when there is nothing. */
export type Hold = (path: string) => Promise<Held>;

/** Linux's O_PATH: holds a file without opening it, so that a pipe or a device is not touched. */
const namesOnly = 0o10000000;

/** By a descriptor: it stays this very file, whatever anybody does to names. Needs Linux and its `/proc`. */
export const holdByDescriptor: Hold = async path => {
  const handle = await open(path, namesOnly | constants.O_NOFOLLOW);
  const at = `/proc/self/fd/${handle.fd}`;
  try {
    const stats = await handle.stat();
    return { at, stats, place: () => readlink(at), close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
};

/**
 * By its name, where there is no better way. Weaker: whoever may write in a folder on the way could exchange it between
 * two looks; what is opened in the end is compared with what was found, so that this is noticed for files.
 */
export const holdByName: Hold = async path => ({
  at: path,
  stats: await lstat(path),
  place: () => realpath(path).catch(() => undefined),
  close: async () => {},
});
