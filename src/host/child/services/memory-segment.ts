import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { Emitter } from '../../../base/index.ts';
import {
  BLOCK_HEADER_BYTES,
  chooseFormat,
  decode,
  decodeBlockHeader,
  encodeBlock,
  formats,
} from '../../../protocol/codec/index.ts';
import type { MemoryHandle } from '../../../protocol/plugin/index.ts';
import type { SharedSegment } from '../../../sdk/node/package/index.d.ts';

/** A segment as plugin code has it, and how it follows what the host tells. */
export interface Segment {
  readonly api: SharedSegment;
  /** It has another path, size or writability. */
  follow(handle: MemoryHandle): void;
  /** The plugin may not use it any more. */
  lose(): void;
  close(): Promise<void>;
}

/** What a segment needs. */
export interface SegmentPorts {
  readonly changed: Emitter<void>;
  /** Asks the host where the segment is now. @throws PluginCallError when the plugin may not know */
  reopen(id: string): Promise<MemoryHandle>;
}

/** Makes the object for a segment. Its file is opened at the first use and kept open. */
export function createSegment(first: MemoryHandle, { changed, reopen }: SegmentPorts): Segment {
  let handle = first;
  let revoked = false;
  let file: Promise<FileHandle> | undefined;

  async function close(): Promise<void> {
    const closing = file;
    file = undefined;
    await closing?.then(
      opened => opened.close(),
      () => {},
    );
  }

  function follow(next: MemoryHandle): void {
    const isNews = JSON.stringify(next) !== JSON.stringify(handle);
    if (next.path !== handle.path) void close();
    handle = next;
    if (isNews) changed.fire();
  }

  function refuseWhenRevoked(): void {
    if (revoked) throw new Error(`The segment ${handle.id} was taken back.`);
  }

  async function openFile(): Promise<FileHandle> {
    // Few plugins share memory, and none has to wait at its start for what only those need.
    const { open } = await import('node:fs/promises');
    const openNow = (): Promise<FileHandle> =>
      open(handle.path, (handle.writable ? constants.O_RDWR : constants.O_RDONLY) | constants.O_NOFOLLOW);
    try {
      return await openNow();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      // It has moved, and the news of that is still on its way.
      follow(await reopen(handle.id));
      return openNow();
    }
  }

  async function use<T>(work: (opened: FileHandle) => Promise<T>): Promise<T> {
    refuseWhenRevoked();
    file ??= openFile();
    const opening = file;
    let opened: FileHandle;
    try {
      opened = await opening;
    } catch (error) {
      if (file === opening) file = undefined;
      refuseWhenRevoked();
      throw error;
    }
    try {
      return await work(opened);
    } catch (error) {
      // Closed because it moved while this waited: once more, in its new place.
      if ((error as NodeJS.ErrnoException).code !== 'EBADF' || file === opening) throw error;
      return use(work);
    }
  }

  function checkRange(offset: number, length: number): void {
    const isWhole =
      Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
    if (isWhole && offset + length <= handle.size) return;
    throw new RangeError(
      `${length} bytes from ${offset} on are not within the ${handle.size} of the segment.`,
    );
  }

  async function read(offset = 0, length = handle.size - offset): Promise<Uint8Array> {
    checkRange(offset, length);
    return use(async opened => {
      const bytes = Buffer.allocUnsafeSlow(length);
      for (let at = 0; at < length; ) {
        const { bytesRead } = await opened.read(bytes, at, length - at, offset + at);
        if (bytesRead === 0) throw new Error(`Somebody cut the segment ${handle.id} off.`);
        at += bytesRead;
      }
      return new Uint8Array(bytes.buffer, bytes.byteOffset, length);
    });
  }

  async function write(offset: number, bytes: Uint8Array): Promise<void> {
    refuseWhenRevoked();
    if (!handle.writable) throw new Error(`The segment ${handle.id} can only be read.`);
    checkRange(offset, bytes.length);
    await use(async opened => {
      for (let at = 0; at < bytes.length; ) {
        at += (await opened.write(bytes, at, bytes.length - at, offset + at)).bytesWritten;
      }
    });
  }

  const api: SharedSegment = {
    id: first.id,
    name: first.name,
    owner: first.owner,
    get path() {
      return handle.path;
    },
    get size() {
      return handle.size;
    },
    get writable() {
      return handle.writable && !revoked;
    },
    get frozen() {
      return handle.frozen;
    },
    get revoked() {
      return revoked;
    },
    read,
    write,
    readStructured: async () => {
      const header = await read(0, Math.min(BLOCK_HEADER_BYTES, handle.size));
      if (header.length < BLOCK_HEADER_BYTES)
        throw new RangeError('There is no room for a structured value.');
      const { format, length } = decodeBlockHeader(header, handle.size - BLOCK_HEADER_BYTES);
      return decode(await read(BLOCK_HEADER_BYTES, length), format, { maxBytes: handle.size });
    },
    writeStructured: async (value, format = chooseFormat(formats, handle.formats)) => {
      const block = encodeBlock(value, format, { maxBytes: handle.size });
      checkRange(0, block.length);
      // Whoever looks too early finds no format, rather than a part of a value.
      await write(0, new Uint8Array(4));
      await write(BLOCK_HEADER_BYTES, block.subarray(BLOCK_HEADER_BYTES));
      await write(4, block.subarray(4, BLOCK_HEADER_BYTES));
      await write(0, block.subarray(0, 4));
    },
    onDidChange: changed.event,
  };
  return {
    api,
    follow,
    lose: () => {
      if (revoked) return;
      revoked = true;
      void close();
      changed.fire();
    },
    close,
  };
}
