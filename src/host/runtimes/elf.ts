import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** What an ELF file asks of the loader. */
export interface ElfFile {
  readonly machine: 'x64' | 'arm64' | 'other';
  /** Path of the loader; `undefined` for a static program and for a library. */
  readonly interpreter: string | undefined;
  /** Names of the shared libraries it needs. */
  readonly needed: readonly string[];
  /** Folders it wants them looked for in, `$ORIGIN` unexpanded. */
  readonly searchPath: readonly string[];
}

/** Bounds for tables of a file nobody vouches for. */
const most = { segments: 256, dynamicBytes: 1 << 20, stringBytes: 16 << 20, text: 4096 };

const segment = { load: 1, dynamic: 2, interpreter: 3 } as const;
const tag = { end: 0, needed: 1, stringTable: 5, stringSize: 10, rpath: 15, runpath: 29 } as const;

interface Segment {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly size: number;
}

/**
 * Reads the header and the dynamic section of a 64-bit little-endian ELF file (elf(5)). Nothing of it is run: `ldd` may
 * run what it looks at.
 *
 * @returns `undefined` for any other file, also one that is damaged
 */
export function readElf(file: string): ElfFile | undefined {
  const fd = openSync(file, 'r');
  try {
    return readFrom(fd, fstatSync(fd).size);
  } catch (error) {
    // A table that points outside of the file.
    if (error instanceof RangeError) return undefined;
    throw error;
  } finally {
    closeSync(fd);
  }
}

function readFrom(fd: number, fileSize: number): ElfFile | undefined {
  const read = (offset: number, length: number): Buffer => {
    if (!(offset >= 0 && length >= 0 && offset + length <= fileSize))
      throw new RangeError('outside of the file');
    const bytes = Buffer.alloc(length);
    if (readSync(fd, bytes, 0, length, offset) !== length) throw new RangeError('outside of the file');
    return bytes;
  };
  if (fileSize < 64) return undefined;
  const head = read(0, 64);
  const is64BitLittleEndian = head.readUInt32BE(0) === 0x7f454c46 && head[4] === 2 && head[5] === 1;
  if (!is64BitLittleEndian) return undefined;

  const segments = readSegments(head, read);
  const interpreter = segments.find(one => one.type === segment.interpreter);
  const dynamic = segments.find(one => one.type === segment.dynamic);
  return {
    machine: machineOf(head.readUInt16LE(18)),
    interpreter:
      interpreter === undefined
        ? undefined
        : textAt(read(interpreter.offset, Math.min(interpreter.size, most.text)), 0),
    ...(dynamic === undefined ? { needed: [], searchPath: [] } : readDynamic(dynamic, segments, read)),
  };
}

function readSegments(head: Buffer, read: (offset: number, length: number) => Buffer): Segment[] {
  const entrySize = head.readUInt16LE(54);
  const count = Math.min(head.readUInt16LE(56), most.segments);
  if (count === 0 || entrySize < 56) return [];
  const table = read(Number(head.readBigUInt64LE(32)), entrySize * count);
  return Array.from({ length: count }, (_, index) => {
    const at = index * entrySize;
    return {
      type: table.readUInt32LE(at),
      offset: Number(table.readBigUInt64LE(at + 8)),
      address: Number(table.readBigUInt64LE(at + 16)),
      size: Number(table.readBigUInt64LE(at + 32)),
    };
  });
}

function readDynamic(
  dynamic: Segment,
  segments: readonly Segment[],
  read: (offset: number, length: number) => Buffer,
): Pick<ElfFile, 'needed' | 'searchPath'> {
  const table = read(dynamic.offset, Math.min(dynamic.size, most.dynamicBytes));
  const entries: { readonly tag: number; readonly value: number }[] = [];
  for (let at = 0; at + 16 <= table.length; at += 16) {
    const entry = { tag: Number(table.readBigUInt64LE(at)), value: Number(table.readBigUInt64LE(at + 8)) };
    if (entry.tag === tag.end) break;
    entries.push(entry);
  }
  const first = (wanted: number): number | undefined => entries.find(one => one.tag === wanted)?.value;
  const address = first(tag.stringTable);
  const home = segments.find(
    one =>
      one.type === segment.load &&
      address !== undefined &&
      address >= one.address &&
      address < one.address + one.size,
  );
  if (address === undefined || home === undefined) return { needed: [], searchPath: [] };
  const size = Math.min(first(tag.stringSize) ?? 0, most.stringBytes);
  const strings = read(home.offset + address - home.address, size);
  const texts = (wanted: number): string[] =>
    entries.filter(one => one.tag === wanted).map(one => textAt(strings, one.value));
  // Where there is a runpath, loaders ignore the older rpath.
  const runpath = texts(tag.runpath);
  return {
    needed: texts(tag.needed),
    searchPath: (runpath.length > 0 ? runpath : texts(tag.rpath))
      .flatMap(text => text.split(':'))
      .filter(Boolean),
  };
}

function textAt(bytes: Buffer, offset: number): string {
  if (offset > bytes.length) throw new RangeError('outside of the file');
  const end = bytes.indexOf(0, offset);
  return bytes.subarray(offset, end === -1 ? bytes.length : end).toString('utf8');
}

function machineOf(code: number): ElfFile['machine'] {
  return code === 62 ? 'x64' : code === 183 ? 'arm64' : 'other';
}
