import type { Architecture } from '../seccomp/index.ts';

/** `exit(0)` in machine code: the number of `exit_group`, zero, the call. */
const code: Readonly<Record<Architecture, readonly number[]>> = {
  x64: [0xb8, 231, 0, 0, 0, 0x31, 0xff, 0x0f, 0x05],
  // mov x8, #94; mov x0, #0; svc #0
  arm64: [0xc8, 0x0b, 0x80, 0xd2, 0x00, 0x00, 0x80, 0xd2, 0x01, 0x00, 0x00, 0xd4],
};
const machine: Readonly<Record<Architecture, number>> = { x64: 62, arm64: 183 };
const headerSize = 120;

/** A static program of a few bytes that ends at once with 0: it needs no library, so it runs in an empty root. */
export function tinyProgram(architecture: Architecture): Buffer {
  const text = Buffer.from(code[architecture]);
  const base = 0x400000n;
  const size = BigInt(headerSize + text.length);
  const head = Buffer.alloc(headerSize);
  head.write('\x7fELF\x02\x01\x01', 0, 'latin1');
  head.writeUInt16LE(2, 16); // executable
  head.writeUInt16LE(machine[architecture], 18);
  head.writeUInt32LE(1, 20); // version
  head.writeBigUInt64LE(base + BigInt(headerSize), 24); // entry
  head.writeBigUInt64LE(64n, 32); // program headers
  head.writeUInt16LE(64, 52); // size of this header
  head.writeUInt16LE(56, 54); // size of a program header
  head.writeUInt16LE(1, 56); // one of them
  head.writeUInt32LE(1, 64); // load
  head.writeUInt32LE(5, 68); // read, execute
  head.writeBigUInt64LE(base, 80);
  head.writeBigUInt64LE(base, 88);
  head.writeBigUInt64LE(size, 96);
  head.writeBigUInt64LE(size, 104);
  head.writeBigUInt64LE(0x10000n, 112);
  return Buffer.concat([head, text]);
}
