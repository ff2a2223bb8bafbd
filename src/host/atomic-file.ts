import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** Replaces the content of a file as one step: whoever reads it sees the old content or the new, never a part. */
export type WriteFileAtomically = (file: string, content: string) => Promise<void>;

/**
 * Writes beside the file, flushes to the disk, and renames over it. A failure (a full disk) leaves the old content
 * and no temporary file. Makes the folder when it is missing, for this user alone.
 */
export const writeFileAtomically: WriteFileAtomically = async (file, content) => {
  const dir = path.dirname(file);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const temporary = path.join(dir, `.${path.basename(file)}.${randomUUID()}`);
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
};

/** True for the errors of a disk or quota that has no room left. */
export function isDiskFull(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === 'ENOSPC' || code === 'EDQUOT';
}
