import { BackwardWriter } from './backward-writer.ts';
import { toInstant } from './instant.ts';
import { sortOut } from './kind.ts';
import { innerField, valueField, wireType } from './protobuf-fields.ts';
import { Trail } from './trail.ts';
import type { CodecLimits } from './value.ts';

const utf8 = new TextEncoder();

/**
 * Writes a value as the message `Value` of `schemas/value.proto`. It is written from the end to the beginning, so
 * that the length of a message is known when it is due.
 *
 * @throws CodecError
 */
export function encodeProtobuf(value: unknown, limits: CodecLimits): Uint8Array {
  const writer = new BackwardWriter(limits.maxBytes);
  write(value, writer, new Trail(limits.maxDepth));
  return writer.finish();
}

function write(input: unknown, to: BackwardWriter, trail: Trail): void {
  const { kind, value } = sortOut(input, trail);
  switch (kind) {
    case 'null':
      to.varint(0);
      to.tag(valueField.null, wireType.varint);
      break;
    case 'bool':
      to.varint(value ? 1 : 0);
      to.tag(valueField.bool, wireType.varint);
      break;
    case 'int':
      writeInteger(BigInt(value), to);
      break;
    case 'float':
      to.f64(value);
      to.tag(valueField.float, wireType.fixed64);
      break;
    case 'string':
      writeBytes(valueField.string, utf8.encode(value), to);
      break;
    case 'bytes':
      writeBytes(valueField.bytes, value, to);
      break;
    case 'date': {
      const { seconds, nanos } = toInstant(value, trail);
      writeMessage(valueField.date, to, () => {
        // Zero is what an absent field means.
        if (nanos !== 0) writeVarint(innerField.nanos, nanos, to);
        if (seconds !== 0) writeVarint(innerField.seconds, BigInt.asUintN(64, BigInt(seconds)), to);
      });
      break;
    }
    case 'list':
      trail.enter();
      writeMessage(valueField.list, to, () => {
        for (let index = value.length - 1; index >= 0; index--) {
          trail.at(index);
          writeMessage(innerField.values, to, () => write(value[index], to, trail));
        }
      });
      trail.leave();
      break;
    case 'map':
      trail.enter();
      writeMessage(valueField.map, to, () => {
        for (const [key, member] of value.toReversed()) {
          trail.at(key);
          writeMessage(innerField.entries, to, () => {
            writeMessage(innerField.value, to, () => write(member, to, trail));
            writeBytes(innerField.key, utf8.encode(key), to);
          });
        }
      });
      trail.leave();
      break;
  }
}

function writeInteger(value: bigint, to: BackwardWriter): void {
  if (value >= 2n ** 63n) writeVarint(valueField.uint, value, to);
  // Zigzag: small negative numbers are short, too.
  else writeVarint(valueField.int, BigInt.asUintN(64, (value << 1n) ^ (value >> 63n)), to);
}

function writeVarint(field: number, value: number | bigint, to: BackwardWriter): void {
  to.varint(value);
  to.tag(field, wireType.varint);
}

function writeBytes(field: number, bytes: Uint8Array, to: BackwardWriter): void {
  to.bytes(bytes);
  to.varint(bytes.length);
  to.tag(field, wireType.bytes);
}

function writeMessage(field: number, to: BackwardWriter, content: () => void): void {
  const before = to.length;
  content();
  to.varint(to.length - before);
  to.tag(field, wireType.bytes);
}
