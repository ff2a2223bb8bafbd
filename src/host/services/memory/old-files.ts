import { unlink } from 'node:fs/promises';
import type { Client, Segment } from './segment.ts';
import { emptyFile } from './segment-file.ts';

interface OldFile {
  readonly path: string;
  readonly bytes: number;
  /** Processes that may still have it open. */
  readonly holders: Set<Client>;
}

/** Files that segments have moved away from: their memory is taken while somebody has them open. */
export interface OldFiles {
  readonly bytes: number;
  /** Takes over the file a segment has now. */
  add(segment: Segment, holders: Iterable<Client>): Promise<void>;
  /** The process is gone. */
  letGo(client: Client): Promise<void>;
  /** Gives memory back, of the oldest first, until no more than so many bytes are left. */
  shrinkTo(bytes: number): Promise<void>;
}

/** Makes an empty list. */
export function createOldFiles(): OldFiles {
  const files: OldFile[] = [];
  const total = (): number => files.reduce((sum, { bytes }) => sum + bytes, 0);

  async function drop(file: OldFile, remove: (path: string) => Promise<void>): Promise<void> {
    files.splice(files.indexOf(file), 1);
    await remove(file.path);
  }

  return {
    get bytes() {
      return total();
    },
    add: async (segment, holders) => {
      const file = { path: segment.file.path, bytes: segment.size, holders: new Set(holders) };
      files.push(file);
      if (file.holders.size === 0) await drop(file, unlink);
    },
    letGo: async client => {
      for (const file of [...files]) {
        if (file.holders.delete(client) && file.holders.size === 0) await drop(file, unlink);
      }
    },
    shrinkTo: async bytes => {
      while (total() > Math.max(0, bytes)) await drop(files[0] as OldFile, emptyFile);
    },
  };
}
