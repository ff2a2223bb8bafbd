import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rmdir, unlink } from 'node:fs/promises';
import type { FileFacts, FileKind } from '../../../protocol/plugin/index.ts';
import { type FileAccess, refuse } from './access.ts';
import { inside, type Place } from './place.ts';

/** Most bytes that one request reads or writes. */
export const MAX_FILE_BYTES = 2 * 1024 * 1024;
/** A folder with more is refused rather than listed in part. */
const MAX_ENTRIES = 10_000;

/** Files as the manifest grants them. Every call throws `WireError`, see {@link FileAccess}. */
export interface Files {
  /** @param range in bytes; to the end where `length` is `undefined` */
  read(
    path: string,
    range: { readonly offset: number; readonly length: number | undefined },
  ): Promise<{ readonly bytes: Buffer; readonly size: number }>;
  /** Replaces the file as a whole or not at all; appending writes into the file that is there. */
  write(path: string, bytes: Buffer, append: boolean): Promise<void>;
  list(path: string): Promise<{ readonly name: string; readonly type: FileKind }[]>;
  stat(path: string): Promise<FileFacts | null>;
  remove(path: string): Promise<void>;
  makeFolder(path: string): Promise<void>;
}

/** Makes the files of one plugin. */
export function createFiles(access: FileAccess): Files {
  return {
    read: (path, range) =>
      access.at('read', path, place => read(place, range, access.maxBytes('read', place))),
    write: (path, bytes, append) =>
      access.at('write', path, place => {
        const most = access.maxBytes('write', place);
        return append ? appendTo(place, bytes, most) : replace(place, bytes, most);
      }),
    list: path =>
      access.at('list', path, place => list(place, name => access.mayRead([...place.parts, name]))),
    stat: path =>
      access.at('read', path, async ({ found }) => {
        if (found === undefined) return null;
        const { size, mtimeMs } = found.stats;
        const type = kindOf(found.stats);
        return { type, size: type === 'folder' ? 0 : size, modified: Math.round(mtimeMs) };
      }),
    remove: path => access.at('remove', path, remove),
    makeFolder: path => access.makeFolders(path, makeFolder),
  };
}

async function read(
  { found }: Place,
  { offset, length }: { readonly offset: number; readonly length: number | undefined },
  most: number,
): Promise<{ bytes: Buffer; size: number }> {
  const handle = await openFile(found, constants.O_RDONLY);
  try {
    const { size } = await handle.stat();
    if (size > most) throw refuse('tooLarge', `The file has ${size} bytes; the manifest allows ${most}.`);
    const wanted = Math.min(length ?? Number.POSITIVE_INFINITY, Math.max(0, size - offset));
    if (wanted > MAX_FILE_BYTES) {
      throw refuse('tooLarge', `One request reads at most ${MAX_FILE_BYTES} bytes; read it in parts.`);
    }
    const bytes = Buffer.alloc(wanted);
    let at = 0;
    while (at < wanted) {
      const { bytesRead } = await handle.read(bytes, at, wanted - at, offset + at);
      if (bytesRead === 0) break;
      at += bytesRead;
    }
    return { bytes: bytes.subarray(0, at), size };
  } finally {
    await handle.close();
  }
}

/** A new file beside the old one takes its name: whoever reads sees one or the other, and a link is not followed. */
async function replace({ parts, folder, found }: Place, bytes: Buffer, most: number): Promise<void> {
  if (bytes.length > most) throw refuse('tooLarge', `The manifest allows ${most} bytes a file.`);
  if (folder === undefined || found?.stats.isDirectory()) throw refuse('isFolder');
  if (found !== undefined && !found.stats.isFile()) throw refuse('notFile');
  const owner = found?.stats ?? folder.stats;
  const temporary = inside(folder, `.${randomBytes(12).toString('hex')}.tmp`);
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const handle = await open(temporary, flags, 0o600);
  try {
    await handle.writeFile(bytes);
    // As it was, or as a new file of this folder's owner: the plugin's own process may run as someone else.
    await handle.chmod(found === undefined ? 0o644 : found.stats.mode & 0o777);
    if (process.getuid?.() === 0) await handle.chown(owner.uid, owner.gid);
    await rename(temporary, inside(folder, parts.at(-1) ?? ''));
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw error;
  } finally {
    await handle.close();
  }
}

async function appendTo(place: Place, bytes: Buffer, most: number): Promise<void> {
  if (place.found === undefined) return replace(place, bytes, most);
  // Its other name may be anywhere, and what is added would show up there, too.
  if (place.found.stats.nlink > 1) throw refuse('severalNames');
  const handle = await openFile(place.found, constants.O_WRONLY | constants.O_APPEND);
  try {
    const { size, nlink } = await handle.stat();
    if (nlink > 1) throw refuse('severalNames');
    if (size + bytes.length > most) throw refuse('tooLarge', `The manifest allows ${most} bytes a file.`);
    await handle.writeFile(bytes);
  } finally {
    await handle.close();
  }
}

async function list(
  { found }: Place,
  isShown: (name: string) => boolean,
): Promise<{ name: string; type: FileKind }[]> {
  if (found === undefined) throw refuse('nothing');
  if (!found.stats.isDirectory()) throw refuse('notFolder');
  // As bytes first: a name that is no UTF-8 can't be asked for in a message, and must not pass for another.
  const entries = await readdir(found.at, { withFileTypes: true, encoding: 'buffer' });
  if (entries.length > MAX_ENTRIES)
    throw refuse('tooLarge', `The folder has more than ${MAX_ENTRIES} files.`);
  return entries
    .flatMap(entry => {
      const name = entry.name.toString('utf8');
      return Buffer.from(name, 'utf8').equals(entry.name) && isShown(name)
        ? [{ name, type: kindOf(entry) }]
        : [];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function remove({ parts, folder, found }: Place): Promise<void> {
  if (found === undefined || folder === undefined) throw refuse('nothing');
  const name = inside(folder, parts.at(-1) ?? '');
  if (!found.stats.isDirectory()) return unlink(name);
  await rmdir(name).catch(error => {
    throw ['ENOTEMPTY', 'EEXIST'].includes(error.code) ? refuse('notEmpty') : error;
  });
}

async function makeFolder({ parts, folder, found }: Place): Promise<void> {
  if (found?.stats.isDirectory()) return;
  if (found !== undefined || folder === undefined) throw refuse('notFolder');
  const made = inside(folder, parts.at(-1) ?? '');
  await mkdir(made, 0o755).catch(error => {
    // Somebody else was quicker.
    if (error.code !== 'EEXIST') throw error;
  });
  if (process.getuid?.() === 0) {
    const { uid, gid } = folder.stats;
    const handle = await open(made, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
    await handle.chown(uid, gid).finally(() => handle.close());
  }
}

/** Opens what was found, not what has its name by now. Only a file: to open a pipe waits, to open a device acts. */
async function openFile(found: Place['found'], flags: number): Promise<FileHandle> {
  if (found === undefined) throw refuse('nothing');
  if (found.stats.isDirectory()) throw refuse('isFolder');
  if (!found.stats.isFile()) throw refuse('notFile');
  const handle = await open(found.at, flags | constants.O_NONBLOCK);
  const { ino, dev } = await handle.stat();
  if (ino === found.stats.ino && dev === found.stats.dev) return handle;
  await handle.close();
  throw refuse('moved');
}

function kindOf(of: { isFile(): boolean; isDirectory(): boolean }): FileKind {
  if (of.isFile()) return 'file';
  return of.isDirectory() ? 'folder' : 'other';
}
