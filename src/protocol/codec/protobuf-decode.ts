import { ByteReader } from './byte-reader.ts';
import { fromInstant } from './instant.ts';
import { toInteger, toObject } from './kind.ts';
import { innerField, valueField, wireType } from './protobuf-fields.ts';
import { Trail } from './trail.ts';
import type { CodecLimits, Value } from './value.ts';

/**
 * Reads the message `Value` of `schemas/value.proto`. A field that the schema doesn't have is refused rather than
 * skipped, since skipping it would lose a part of the value.
 *
 * @throws CodecError
 */
export function decodeProtobuf(bytes: Uint8Array, limits: CodecLimits): Value {
  return readValue(new ByteReader(bytes), new Trail(limits.maxDepth));
}

function readValue(from: ByteReader, trail: Trail): Value {
  if (from.left === 0) return trail.fail('malformed', 'The value has no kind.');
  const tag = readVarint(from, trail);
  const value = readKind(tag, from, trail);
  if (from.left > 0) trail.fail('malformed', 'The value has more than one kind.');
  return value;
}

function readKind(tag: bigint, from: ByteReader, trail: Trail): Value {
  switch (tag) {
    case tagOf(valueField.null, wireType.varint):
      if (readVarint(from, trail) !== 0n) trail.fail('malformed', 'A null has to be 0.');
      return null;
    case tagOf(valueField.bool, wireType.varint):
      return readVarint(from, trail) !== 0n;
    case tagOf(valueField.int, wireType.varint): {
      const bits = readVarint(from, trail);
      return toInteger((bits >> 1n) ^ -(bits & 1n));
    }
    case tagOf(valueField.uint, wireType.varint):
      return toInteger(readVarint(from, trail));
    case tagOf(valueField.float, wireType.fixed64):
      return from.f64(true);
    case tagOf(valueField.string, wireType.bytes):
      return readText(from, trail);
    case tagOf(valueField.bytes, wireType.bytes):
      return readBytes(from, trail).slice();
    case tagOf(valueField.date, wireType.bytes):
      return readDate(open(from, trail), trail);
    case tagOf(valueField.list, wireType.bytes):
      return readList(open(from, trail), trail);
    case tagOf(valueField.map, wireType.bytes):
      return readMap(open(from, trail), trail);
    default:
      return unknown(tag, trail);
  }
}

function readList(from: ByteReader, trail: Trail): Value {
  trail.enter();
  const list: Value[] = [];
  while (from.left > 0) {
    trail.at(list.length);
    const tag = readVarint(from, trail);
    if (tag !== tagOf(innerField.values, wireType.bytes)) return unknown(tag, trail);
    list.push(readValue(open(from, trail), trail));
  }
  trail.leave();
  return list;
}

function readMap(from: ByteReader, trail: Trail): Value {
  trail.enter();
  const map = new Map<string, Value>();
  while (from.left > 0) {
    const tag = readVarint(from, trail);
    if (tag !== tagOf(innerField.entries, wireType.bytes)) return unknown(tag, trail);
    readEntry(open(from, trail), map, trail);
  }
  trail.leave();
  return toObject(map);
}

function readEntry(from: ByteReader, map: Map<string, Value>, trail: Trail): void {
  let key = '';
  let value: ByteReader | undefined;
  while (from.left > 0) {
    const tag = readVarint(from, trail);
    if (tag === tagOf(innerField.key, wireType.bytes)) key = readText(from, trail);
    else if (tag === tagOf(innerField.value, wireType.bytes)) value = open(from, trail);
    else unknown(tag, trail);
  }
  trail.at(key);
  if (map.has(key)) trail.fail('malformed', 'The key comes twice.');
  map.set(key, readValue(value ?? new ByteReader(new Uint8Array()), trail));
}

function readDate(from: ByteReader, trail: Trail): Date {
  let seconds = 0;
  let nanos = 0;
  while (from.left > 0) {
    const tag = readVarint(from, trail);
    const number = Number(BigInt.asIntN(64, readVarint(from, trail)));
    if (tag === tagOf(innerField.seconds, wireType.varint)) seconds = number;
    else if (tag === tagOf(innerField.nanos, wireType.varint)) nanos = number;
    else unknown(tag, trail);
  }
  return fromInstant({ seconds, nanos }, trail);
}

function readText(from: ByteReader, trail: Trail): string {
  return from.text(readLength(from, trail));
}

function readBytes(from: ByteReader, trail: Trail): Uint8Array {
  return from.take(readLength(from, trail));
}

function open(from: ByteReader, trail: Trail): ByteReader {
  return new ByteReader(readBytes(from, trail));
}

function readLength(from: ByteReader, trail: Trail): number {
  const length = readVarint(from, trail);
  if (length > from.left) trail.fail('malformed', `A length of ${length} goes beyond the end of the data.`);
  return Number(length);
}

function readVarint(from: ByteReader, trail: Trail): bigint {
  const first = from.u8();
  if (first < 0x80) return BigInt(first);
  let value = BigInt(first & 0x7f);
  for (let shift = 7n; shift < 70n; shift += 7n) {
    const byte = from.u8();
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) {
      if (value > 0xffff_ffff_ffff_ffffn) break;
      return value;
    }
  }
  return trail.fail('malformed', 'An integer has more than 64 bits.');
}

function tagOf(field: number, type: number): bigint {
  return BigInt((field << 3) | type);
}

function unknown(tag: bigint, trail: Trail): never {
  return trail.fail('malformed', `The schema has no field ${tag >> 3n} of type ${tag & 7n} here.`);
}
