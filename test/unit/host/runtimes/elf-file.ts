/** What an ELF file made for a test says. */
export interface ElfContent {
  readonly interpreter?: string | undefined;
  readonly needed?: readonly string[];
  readonly rpath?: string;
  readonly runpath?: string;
  /** False for a static program. */
  readonly dynamic?: boolean;
}

/** A 64-bit x86-64 ELF file with the program headers, dynamic section and strings a loader looks at, and no code. */
export function elfFile(content: ElfContent): Buffer {
  const { interpreter, needed = [], rpath, runpath, dynamic = true } = content;
  const strings = [''];
  const offsetOf = (text: string): number => {
    const offset = strings.join('\0').length + 1;
    strings.push(text);
    return offset;
  };
  const entries: [number, number][] = [
    ...needed.map((name): [number, number] => [1, offsetOf(name)]),
    ...(rpath === undefined ? [] : [[15, offsetOf(rpath)] as [number, number]]),
    ...(runpath === undefined ? [] : [[29, offsetOf(runpath)] as [number, number]]),
  ];
  const headers = 1 + (dynamic ? 1 : 0) + (interpreter === undefined ? 0 : 1);
  const dynamicAt = 64 + headers * 56;
  const dynamicSize = (entries.length + 3) * 16;
  const stringsAt = dynamicAt + dynamicSize;
  const table = Buffer.from(`${strings.join('\0')}\0`);
  const interpreterAt = stringsAt + table.length;
  const loader = Buffer.from(`${interpreter ?? ''}\0`);
  const bytes = Buffer.alloc(interpreterAt + loader.length);

  bytes.write('\x7fELF\x02\x01\x01', 0, 'latin1');
  bytes.writeUInt16LE(3, 16);
  bytes.writeUInt16LE(62, 18);
  bytes.writeBigUInt64LE(64n, 32);
  bytes.writeUInt16LE(56, 54);
  bytes.writeUInt16LE(headers, 56);
  const base = 0x10000;
  const header = (index: number, type: number, offset: number, size: number): void => {
    const at = 64 + index * 56;
    bytes.writeUInt32LE(type, at);
    bytes.writeBigUInt64LE(BigInt(offset), at + 8);
    bytes.writeBigUInt64LE(BigInt(base + offset), at + 16);
    bytes.writeBigUInt64LE(BigInt(size), at + 32);
  };
  header(0, 1, 0, bytes.length);
  if (dynamic) header(1, 2, dynamicAt, dynamicSize);
  if (interpreter !== undefined) header(headers - 1, 3, interpreterAt, loader.length);
  const all: [number, number][] = [...entries, [5, base + stringsAt], [10, table.length], [0, 0]];
  all.forEach(([tag, value], index) => {
    bytes.writeBigUInt64LE(BigInt(tag), dynamicAt + index * 16);
    bytes.writeBigUInt64LE(BigInt(value), dynamicAt + index * 16 + 8);
  });
  table.copy(bytes, stringsAt);
  loader.copy(bytes, interpreterAt);
  return bytes;
}
