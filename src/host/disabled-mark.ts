import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { WriteFileAtomically } from './atomic-file.ts';

/** Whether a plugin is disabled, kept on disk: a host to come has to know. */
export interface DisabledMark {
  /** False also where it can't be read. */
  read(): Promise<boolean>;
  /** @throws what the disk says */
  set(): Promise<void>;
  /** @throws what the disk says */
  clear(): Promise<void>;
}

/** The mark of the plugin whose data lies in that folder: the file `disabled.json`, which is there or is not. */
export function createDisabledMark(dir: string, write: WriteFileAtomically): DisabledMark {
  const file = path.join(dir, 'disabled.json');
  return {
    read: () =>
      stat(file).then(
        facts => facts.isFile(),
        () => false,
      ),
    set: () => write(file, `${JSON.stringify({ since: Date.now() })}\n`),
    clear: () => rm(file, { force: true }),
  };
}
