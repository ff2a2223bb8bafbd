import { tooLarge } from './byte-writer.ts';

/** A buffer that is filled from its end towards its beginning, for formats that say a length before the content. */
export class BackwardWriter {
  #bytes = new Uint8Array(256);
  #start = 256;
  readonly #maxBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Bytes written so far. */
  get length(): number {
    return this.#bytes.length - this.#start;
  }

  /** What was written, in a buffer of its own size. */
  finish(): Uint8Array {
    return this.#bytes.slice(this.#start);
  }

  bytes(bytes: Uint8Array): void {
    const start = this.#room(bytes.length);
    this.#bytes.set(bytes, start);
  }

  /** Little endian, as Protobuf wants it. */
  f64(value: number): void {
    const start = this.#room(8);
    new DataView(this.#bytes.buffer).setFloat64(start, value, true);
  }

  /** Base 128, the low bits first. @param value from 0 to 2⁶⁴ − 1 */
  varint(value: number | bigint): void {
    const groups: number[] = [];
    let rest = BigInt(value);
    for (; rest > 0x7fn; rest >>= 7n) groups.push(Number(rest & 0x7fn) | 0x80);
    groups.push(Number(rest));
    this.bytes(Uint8Array.from(groups));
  }

  tag(field: number, type: number): void {
    this.varint((field << 3) | type);
  }

  #room(length: number): number {
    const needed = this.length + length;
    if (needed > this.#maxBytes) throw tooLarge(this.#maxBytes);
    if (length > this.#start) {
      const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      grown.set(this.#bytes.subarray(this.#start), grown.length - this.length);
      this.#start += grown.length - this.#bytes.length;
      this.#bytes = grown;
    }
    this.#start -= length;
    return this.#start;
  }
}
