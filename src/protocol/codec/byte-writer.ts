import { CodecError } from './codec-error.ts';

/** A buffer that grows up to a bound. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #at = 0;
  readonly #maxBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** What was written, in a buffer of its own size. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#at);
  }

  bytes(bytes: Uint8Array): void {
    const start = this.#room(bytes.length);
    this.#bytes.set(bytes, start);
  }

  u8(value: number): void {
    const start = this.#room(1);
    this.#view.setUint8(start, value);
  }

  u16(value: number): void {
    const start = this.#room(2);
    this.#view.setUint16(start, value);
  }

  u32(value: number): void {
    const start = this.#room(4);
    this.#view.setUint32(start, value);
  }

  u64(value: bigint): void {
    const start = this.#room(8);
    this.#view.setBigUint64(start, value);
  }

  f64(value: number): void {
    const start = this.#room(8);
    this.#view.setFloat64(start, value);
  }

  /** Makes room and says where it begins. Buffer and view may be new ones afterwards, so it is called before they are used. */
  #room(length: number): number {
    const start = this.#at;
    const end = start + length;
    if (end > this.#maxBytes) throw tooLarge(this.#maxBytes);
    if (end > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(end, this.#bytes.length * 2));
      grown.set(this.#bytes);
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    this.#at = end;
    return start;
  }
}

/** The refusal of a value that takes more bytes than it may. */
export function tooLarge(maxBytes: number): CodecError {
  return new CodecError('size', `The serialised value has more than ${maxBytes} bytes.`);
}
