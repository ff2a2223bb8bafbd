import { CodecError } from './codec-error.ts';
import { decodeJson } from './json-decode.ts';
import { encodeJson } from './json-encode.ts';
import { decodeMsgpack } from './msgpack-decode.ts';
import { encodeMsgpack } from './msgpack-encode.ts';
import { decodeProtobuf } from './protobuf-decode.ts';
import { encodeProtobuf } from './protobuf-encode.ts';
import { type CodecLimits, defaultCodecLimits, type Format, type Value } from './value.ts';

const encoders = { json: encodeJson, msgpack: encodeMsgpack, protobuf: encodeProtobuf };
const decoders = { json: decodeJson, msgpack: decodeMsgpack, protobuf: decodeProtobuf };

/**
 * Writes a value in a format.
 *
 * @param value a {@link Value}; a `Map` with string keys will do for a map, and members that are `undefined` are left out
 * @throws CodecError
 */
export function encode(value: unknown, format: Format, limits: Partial<CodecLimits> = {}): Uint8Array {
  return encoders[format](value, { ...defaultCodecLimits, ...limits });
}

/**
 * Reads a value that anyone may have written. Bytes and strings of the result are copies.
 *
 * @throws CodecError
 */
export function decode(bytes: Uint8Array, format: Format, limits: Partial<CodecLimits> = {}): Value {
  const bounds = { ...defaultCodecLimits, ...limits };
  if (bytes.length > bounds.maxBytes) {
    throw new CodecError('size', `The data has ${bytes.length} bytes; ${bounds.maxBytes} are allowed.`);
  }
  return decoders[format](bytes, bounds);
}
