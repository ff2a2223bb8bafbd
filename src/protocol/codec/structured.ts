import { decode, encode } from './codec.ts';
import { CodecError } from './codec-error.ts';
import { type CodecLimits, type Format, formats, type Value } from './value.ts';

/** Bytes before the payload of a block: the number of its format and its length, both 32 bits, little endian. */
export const BLOCK_HEADER_BYTES = 8;

/** What the first bytes of a block say. */
export interface BlockHeader {
  readonly format: Format;
  /** Length of the payload behind the header, in bytes. */
  readonly length: number;
}

/** A value as a block of shared memory: header and payload. @throws CodecError */
export function encodeBlock(value: unknown, format: Format, limits: Partial<CodecLimits> = {}): Uint8Array {
  const payload = encode(value, format, limits);
  const block = new Uint8Array(BLOCK_HEADER_BYTES + payload.length);
  const view = new DataView(block.buffer);
  view.setUint32(0, formats.indexOf(format) + 1, true);
  view.setUint32(4, payload.length, true);
  block.set(payload, BLOCK_HEADER_BYTES);
  return block;
}

/**
 * Reads a header.
 *
 * @param available bytes that are there behind the header
 * @throws CodecError `malformed` when nothing was written yet, or it does not fit
 */
export function decodeBlockHeader(header: Uint8Array, available: number): BlockHeader {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const id = view.getUint32(0, true);
  const length = view.getUint32(4, true);
  const format = formats[id - 1];
  if (id === 0) throw new CodecError('malformed', 'No structured value has been written yet.');
  if (format === undefined) throw new CodecError('malformed', `There is no format number ${id}.`);
  if (length > available) {
    throw new CodecError('malformed', `The value claims ${length} bytes, but ${available} are there.`);
  }
  return { format, length };
}

/** Reads a whole block. @throws CodecError */
export function decodeBlock(block: Uint8Array, limits: Partial<CodecLimits> = {}): Value {
  if (block.length < BLOCK_HEADER_BYTES) throw new CodecError('malformed', 'There is no room for a header.');
  const { format, length } = decodeBlockHeader(block, block.length - BLOCK_HEADER_BYTES);
  return decode(block.subarray(BLOCK_HEADER_BYTES, BLOCK_HEADER_BYTES + length), format, limits);
}
