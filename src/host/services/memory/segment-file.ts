import { constants } from 'node:fs';
import { chmod, type FileHandle, open, unlink } from 'node:fs/promises';
import { isDiskFull } from '../../atomic-file.ts';
import { full } from './refusals.ts';

/** A file of the host's own folder that holds a segment. */
export interface SegmentFile {
  readonly path: string;
  readonly inode: number;
  readonly mode: number;
}

const chunk = 1024 * 1024;

/**
 * Makes a file of zeros. All of its memory is taken at once, so that nobody who maps it is ended for want of it later.
 *
 * @throws WireError `LimitExceeded` when there is not enough memory; no file is left then
 */
export function makeFile(path: string, size: number, mode: number): Promise<SegmentFile> {
  return make(path, mode, file => fill(file, 0, size));
}

/** Makes a file of the first `size` bytes of another; what that one has not is zeros. @throws as {@link makeFile} */
export function copyFile(from: string, path: string, size: number, mode: number): Promise<SegmentFile> {
  return make(path, mode, async file => {
    const source = await openOwn(from, constants.O_RDONLY);
    try {
      const buffer = Buffer.alloc(Math.min(chunk, size));
      let at = 0;
      while (at < size) {
        const { bytesRead } = await source.read(buffer, 0, Math.min(buffer.length, size - at), at);
        if (bytesRead === 0) break;
        await file.write(buffer, 0, bytesRead, at);
        at += bytesRead;
      }
      await fill(file, at, size);
    } finally {
      await source.close();
    }
  });
}

/** Adds zeros behind the first `from` bytes. @throws WireError `LimitExceeded`; the size is as before then */
export async function growFile(path: string, from: number, size: number): Promise<void> {
  const file = await openOwn(path, constants.O_RDWR);
  try {
    await fill(file, from, size);
  } catch (error) {
    await file.truncate(from);
    throw explain(error);
  } finally {
    await file.close();
  }
}

/** Gives a file the size and mode it should have, whatever a plugin did to it. */
export async function restoreFile({ path, mode }: SegmentFile, size: number): Promise<void> {
  const file = await openOwn(path, constants.O_RDWR);
  try {
    await file.truncate(size);
    await file.chmod(mode);
  } finally {
    await file.close();
  }
}

/** Gives the memory of a file back, also when somebody still has it open, and removes it. */
export async function emptyFile(path: string): Promise<void> {
  const file = await openOwn(path, constants.O_RDWR);
  try {
    await file.truncate(0);
  } finally {
    await file.close();
  }
  await unlink(path);
}

/** Opens a file of the host's folder, from which a plugin that owns it, too, may have taken every right. */
async function openOwn(path: string, flags: number): Promise<FileHandle> {
  try {
    return await open(path, flags | constants.O_NOFOLLOW);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error;
    await chmod(path, 0o600);
    return open(path, flags | constants.O_NOFOLLOW);
  }
}

async function make(
  path: string,
  mode: number,
  write: (file: FileHandle) => Promise<void>,
): Promise<SegmentFile> {
  const file = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600);
  try {
    await write(file);
    // Not by `open`, from which the umask takes away.
    await file.chmod(mode);
    return { path, inode: (await file.stat()).ino, mode };
  } catch (error) {
    await unlink(path);
    throw explain(error);
  } finally {
    await file.close();
  }
}

async function fill(file: FileHandle, from: number, to: number): Promise<void> {
  const zeros = Buffer.alloc(Math.max(0, Math.min(chunk, to - from)));
  for (let at = from; at < to; at += zeros.length) {
    await file.write(zeros, 0, Math.min(zeros.length, to - at), at);
  }
}

function explain(error: unknown): unknown {
  return isDiskFull(error) ? full('The memory of the machine that may be shared is used up.') : error;
}
