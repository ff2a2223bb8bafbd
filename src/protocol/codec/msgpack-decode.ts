import { ByteReader } from './byte-reader.ts';
import { fromInstant, type Instant } from './instant.ts';
import { toInteger, toObject } from './kind.ts';
import { Trail } from './trail.ts';
import type { CodecLimits, Value } from './value.ts';

/** Reads MessagePack. @throws CodecError, also for a map with a key that is no string or comes twice */
export function decodeMsgpack(bytes: Uint8Array, limits: CodecLimits): Value {
  const reader = new ByteReader(bytes);
  const trail = new Trail(limits.maxDepth);
  const value = read(reader, trail);
  if (reader.left > 0) trail.fail('malformed', `After the value there are ${reader.left} more bytes.`);
  return value;
}

function read(from: ByteReader, trail: Trail): Value {
  const head = from.u8();
  if (head <= 0x7f) return head;
  if (head <= 0x8f) return readMap(head & 15, from, trail);
  if (head <= 0x9f) return readList(head & 15, from, trail);
  if (head <= 0xbf) return from.text(head & 31);
  if (head >= 0xe0) return head - 0x100;
  switch (head) {
    case 0xc0:
      return null;
    case 0xc2:
      return false;
    case 0xc3:
      return true;
    case 0xc4:
      return from.take(from.u8()).slice();
    case 0xc5:
      return from.take(from.u16()).slice();
    case 0xc6:
      return from.take(from.u32()).slice();
    case 0xca:
      return from.f32();
    case 0xcb:
      return from.f64();
    case 0xcc:
      return from.u8();
    case 0xcd:
      return from.u16();
    case 0xce:
      return from.u32();
    case 0xcf:
      return toInteger(from.u64());
    case 0xd0:
      return from.i8();
    case 0xd1:
      return from.i16();
    case 0xd2:
      return from.i32();
    case 0xd3:
      return toInteger(from.i64());
    case 0xd9:
      return from.text(from.u8());
    case 0xda:
      return from.text(from.u16());
    case 0xdb:
      return from.text(from.u32());
    case 0xdc:
      return readList(from.u16(), from, trail);
    case 0xdd:
      return readList(from.u32(), from, trail);
    case 0xde:
      return readMap(from.u16(), from, trail);
    case 0xdf:
      return readMap(from.u32(), from, trail);
    default:
      return readExtension(head, from, trail);
  }
}

function readList(count: number, from: ByteReader, trail: Trail): Value {
  trail.enter();
  checkCount(count, 1, from, trail);
  const list: Value[] = [];
  for (let index = 0; index < count; index++) {
    trail.at(index);
    list.push(read(from, trail));
  }
  trail.leave();
  return list;
}

function readMap(count: number, from: ByteReader, trail: Trail): Value {
  trail.enter();
  checkCount(count, 2, from, trail);
  const map = new Map<string, Value>();
  for (let index = 0; index < count; index++) {
    const key = read(from, trail);
    if (typeof key !== 'string') return trail.fail('malformed', 'The keys of a map have to be strings.');
    trail.at(key);
    if (map.has(key)) trail.fail('malformed', 'The key comes twice.');
    map.set(key, read(from, trail));
  }
  trail.leave();
  return toObject(map);
}

/** A claim is looked at before anything is made for it. */
function checkCount(count: number, leastBytes: number, from: ByteReader, trail: Trail): void {
  if (count * leastBytes > from.left)
    trail.fail('malformed', `${count} members do not fit in the bytes left.`);
}

/** Sizes of the extension heads; those of 8, 16 and 32 bits say it after the head. */
function readExtension(head: number, from: ByteReader, trail: Trail): Value {
  const length =
    head >= 0xd4 && head <= 0xd8
      ? 2 ** (head - 0xd4)
      : head === 0xc7
        ? from.u8()
        : head === 0xc8
          ? from.u16()
          : head === 0xc9
            ? from.u32()
            : undefined;
  if (length === undefined) return trail.fail('malformed', `No value begins with the byte ${head}.`);
  const type = from.i8();
  if (type !== -1) return trail.fail('malformed', `There is no extension ${type}.`);
  return fromInstant(readInstant(new ByteReader(from.take(length)), trail), trail);
}

function readInstant(from: ByteReader, trail: Trail): Instant {
  switch (from.left) {
    case 4:
      return { seconds: from.u32(), nanos: 0 };
    case 8: {
      const bits = from.u64();
      return { seconds: Number(bits & 0x3_ffff_ffffn), nanos: Number(bits >> 34n) };
    }
    case 12: {
      const nanos = from.u32();
      return { seconds: Number(from.i64()), nanos };
    }
    default:
      return trail.fail('malformed', 'A date has 4, 8 or 12 bytes.');
  }
}
