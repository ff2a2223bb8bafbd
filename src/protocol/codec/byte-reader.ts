import { CodecError } from './codec-error.ts';

const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads numbers and runs of bytes one after the other, never beyond the end. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Bytes not read yet. */
  get left(): number {
    return this.#bytes.length - this.#at;
  }

  /** The next bytes, not copied. @throws CodecError `malformed` when there are fewer */
  take(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  text(length: number): string {
    try {
      return text.decode(this.take(length));
    } catch (error) {
      if (error instanceof CodecError) throw error;
      throw new CodecError('malformed', 'A string is not UTF-8.');
    }
  }

  u8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#advance(2));
  }

  u32(): number {
    return this.#view.getUint32(this.#advance(4));
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.#advance(8));
  }

  i8(): number {
    return this.#view.getInt8(this.#advance(1));
  }

  i16(): number {
    return this.#view.getInt16(this.#advance(2));
  }

  i32(): number {
    return this.#view.getInt32(this.#advance(4));
  }

  i64(): bigint {
    return this.#view.getBigInt64(this.#advance(8));
  }

  f32(): number {
    return this.#view.getFloat32(this.#advance(4));
  }

  f64(littleEndian = false): number {
    return this.#view.getFloat64(this.#advance(8), littleEndian);
  }

  #advance(length: number): number {
    if (length > this.left) {
      throw new CodecError('malformed', `The data ends ${length - this.left} bytes too early.`);
    }
    const start = this.#at;
    this.#at += length;
    return start;
  }
}
