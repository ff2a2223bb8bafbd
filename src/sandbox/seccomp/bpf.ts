/**
 * A tiny assembler for classic BPF, the language of seccomp filters (linux/filter.h, linux/seccomp.h).
 *
 * Every rule compiles to one self-contained block that either returns or is jumped over whole, so no block needs
 * labels and no jump comes near the 255 instructions a jump can span.
 */

/** One `struct sock_filter`. */
export interface Instruction {
  readonly code: number;
  readonly jt: number;
  readonly jf: number;
  readonly k: number;
}

/** What the kernel does with a system call. */
export type Action = 'allow' | 'kill' | { readonly errno: number };

const loadWordAbsolute = 0x20;
const jumpIfEqual = 0x15;
const jumpIfGreaterOrEqual = 0x35;
const jumpIfAnySet = 0x45;
const andConstant = 0x54;
const returnConstant = 0x06;

/** Offsets in `struct seccomp_data`. Arguments are 64 bits wide; the low word comes first on both architectures. */
const offsetOf = { syscall: 0, architecture: 4, argument: (index: number) => 16 + 8 * index };

export const loadSyscall: Instruction = { code: loadWordAbsolute, jt: 0, jf: 0, k: offsetOf.syscall };
export const loadArchitecture: Instruction = {
  code: loadWordAbsolute,
  jt: 0,
  jf: 0,
  k: offsetOf.architecture,
};

/**
 * Loads the low 32 bits of an argument. The kernel itself truncates every argument looked at here to 32 bits, so the
 * high word must not take part: a caller could set it to slip past a comparison.
 */
export function loadArgument(index: number): Instruction {
  return { code: loadWordAbsolute, jt: 0, jf: 0, k: offsetOf.argument(index) };
}

/** Runs `block` when the accumulator equals `value`, else jumps over it. */
export function whenEqual(value: number, block: readonly Instruction[]): Instruction[] {
  return [{ code: jumpIfEqual, jt: 0, jf: spanOf(block), k: value }, ...block];
}

export function whenAtLeast(value: number, block: readonly Instruction[]): Instruction[] {
  return [{ code: jumpIfGreaterOrEqual, jt: 0, jf: spanOf(block), k: value }, ...block];
}

export function whenAnyBitSet(mask: number, block: readonly Instruction[]): Instruction[] {
  return [{ code: jumpIfAnySet, jt: 0, jf: spanOf(block), k: mask }, ...block];
}

export function unlessEqual(value: number, block: readonly Instruction[]): Instruction[] {
  return [{ code: jumpIfEqual, jt: spanOf(block), jf: 0, k: value }, ...block];
}

/** Keeps only the bits of `mask` in the accumulator. */
export function keepBits(mask: number): Instruction {
  return { code: andConstant, jt: 0, jf: 0, k: mask };
}

/** Ends the filter with a verdict. */
export function decide(action: Action): Instruction {
  return { code: returnConstant, jt: 0, jf: 0, k: encodeAction(action) };
}

/** The program as the kernel reads it: eight bytes an instruction, little-endian. */
export function assemble(program: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(program.length * 8);
  program.forEach((instruction, index) => {
    bytes.writeUInt16LE(instruction.code, index * 8);
    bytes.writeUInt8(instruction.jt, index * 8 + 2);
    bytes.writeUInt8(instruction.jf, index * 8 + 3);
    bytes.writeUInt32LE(instruction.k >>> 0, index * 8 + 4);
  });
  return bytes;
}

function encodeAction(action: Action): number {
  if (action === 'allow') return 0x7fff0000;
  if (action === 'kill') return 0x80000000;
  return 0x00050000 | (action.errno & 0xffff);
}

function spanOf(block: readonly Instruction[]): number {
  if (block.length > 255)
    throw new Error(`A BPF block of ${block.length} instructions can't be jumped over.`);
  return block.length;
}
