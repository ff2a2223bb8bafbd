import { ByteWriter } from './byte-writer.ts';
import { type Instant, toInstant } from './instant.ts';
import { sortOut } from './kind.ts';
import { Trail } from './trail.ts';
import type { CodecLimits } from './value.ts';

const utf8 = new TextEncoder();

/** Writes a value as MessagePack, each part in its shortest form. @throws CodecError */
export function encodeMsgpack(value: unknown, limits: CodecLimits): Uint8Array {
  const writer = new ByteWriter(limits.maxBytes);
  write(value, writer, new Trail(limits.maxDepth));
  return writer.finish();
}

function write(input: unknown, to: ByteWriter, trail: Trail): void {
  const { kind, value } = sortOut(input, trail);
  switch (kind) {
    case 'null':
      to.u8(0xc0);
      break;
    case 'bool':
      to.u8(value ? 0xc3 : 0xc2);
      break;
    case 'int':
      writeInteger(value, to);
      break;
    case 'float':
      to.u8(0xcb);
      to.f64(value);
      break;
    case 'string':
      writeText(value, to);
      break;
    case 'bytes':
      writeHead(value.length, to, [undefined, 0xc4, 0xc5, 0xc6]);
      to.bytes(value);
      break;
    case 'date':
      writeDate(toInstant(value, trail), to);
      break;
    case 'list':
      trail.enter();
      writeHead(value.length, to, [{ base: 0x90, most: 15 }, undefined, 0xdc, 0xdd]);
      for (const [index, member] of value.entries()) {
        trail.at(index);
        write(member, to, trail);
      }
      trail.leave();
      break;
    case 'map':
      trail.enter();
      writeHead(value.length, to, [{ base: 0x80, most: 15 }, undefined, 0xde, 0xdf]);
      for (const [key, member] of value) {
        trail.at(key);
        writeText(key, to);
        write(member, to, trail);
      }
      trail.leave();
      break;
  }
}

/** First bytes of a length: within the first byte itself, and with 8, 16 and 32 bits after it; absent where there is none. */
type Heads = readonly [
  { readonly base: number; readonly most: number } | undefined,
  number | undefined,
  number,
  number,
];

function writeHead(length: number, to: ByteWriter, [fix, bits8, bits16, bits32]: Heads): void {
  if (fix && length <= fix.most) to.u8(fix.base | length);
  else if (bits8 !== undefined && length <= 0xff) {
    to.u8(bits8);
    to.u8(length);
  } else if (length <= 0xffff) {
    to.u8(bits16);
    to.u16(length);
  } else {
    to.u8(bits32);
    to.u32(length);
  }
}

function writeText(text: string, to: ByteWriter): void {
  const bytes = utf8.encode(text);
  writeHead(bytes.length, to, [{ base: 0xa0, most: 31 }, 0xd9, 0xda, 0xdb]);
  to.bytes(bytes);
}

function writeInteger(value: number | bigint, to: ByteWriter): void {
  const small = Number(value);
  // The setters take a negative number modulo their range, which is its two's complement.
  if (value >= -0x20 && value <= 0x7f) to.u8(small);
  else if (value >= 0 && value <= 0xff) writeByte(0xcc, small, to);
  else if (value >= 0 && value <= 0xffff) write16(0xcd, small, to);
  else if (value >= 0 && value <= 0xffff_ffff) write32(0xce, small, to);
  else if (value >= 0) write64(0xcf, BigInt(value), to);
  else if (value >= -0x80) writeByte(0xd0, small, to);
  else if (value >= -0x8000) write16(0xd1, small, to);
  else if (value >= -0x8000_0000) write32(0xd2, small, to);
  else write64(0xd3, BigInt(value), to);
}

function writeByte(head: number, value: number, to: ByteWriter): void {
  to.u8(head);
  to.u8(value);
}

function write16(head: number, value: number, to: ByteWriter): void {
  to.u8(head);
  to.u16(value);
}

function write32(head: number, value: number, to: ByteWriter): void {
  to.u8(head);
  to.u32(value);
}

function write64(head: number, value: bigint, to: ByteWriter): void {
  to.u8(head);
  to.u64(value);
}

/** The extension −1: 32, 64 or 96 bits, the shortest that holds it. */
function writeDate({ seconds, nanos }: Instant, to: ByteWriter): void {
  if (seconds >= 0 && seconds < 2 ** 32 && nanos === 0) {
    writeByte(0xd6, -1, to);
    to.u32(seconds);
  } else if (seconds >= 0 && seconds < 2 ** 34) {
    writeByte(0xd7, -1, to);
    to.u64((BigInt(nanos) << 34n) | BigInt(seconds));
  } else {
    writeByte(0xc7, 12, to);
    to.u8(-1);
    to.u32(nanos);
    to.u64(BigInt(seconds));
  }
}
