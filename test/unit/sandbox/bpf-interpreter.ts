/** A system call as a seccomp filter sees it. */
export interface Call {
  readonly syscall: number;
  readonly architecture: number;
  readonly args?: readonly bigint[];
}

/** Runs a classic BPF program over `struct seccomp_data`, as the kernel would; gives the word it returns. */
export function interpret(program: Buffer, call: Call): number {
  const data = Buffer.alloc(64);
  data.writeUInt32LE(call.syscall >>> 0, 0);
  data.writeUInt32LE(call.architecture >>> 0, 4);
  (call.args ?? []).forEach((arg, index) => {
    data.writeBigUInt64LE(BigInt.asUintN(64, arg), 16 + 8 * index);
  });
  let accumulator = 0;
  for (let at = 0; at < program.length; at += 8) {
    const code = program.readUInt16LE(at);
    const jumpTrue = program.readUInt8(at + 2);
    const jumpFalse = program.readUInt8(at + 3);
    const k = program.readUInt32LE(at + 4);
    const jump = (condition: boolean): number => 8 * (condition ? jumpTrue : jumpFalse);
    if (code === 0x20) accumulator = data.readUInt32LE(k);
    else if (code === 0x54) accumulator = (accumulator & k) >>> 0;
    else if (code === 0x15) at += jump(accumulator === k);
    else if (code === 0x35) at += jump(accumulator >= k);
    else if (code === 0x45) at += jump((accumulator & k) !== 0);
    else if (code === 0x06) return k;
    else throw new Error(`Unknown instruction 0x${code.toString(16)} at ${at / 8}`);
  }
  throw new Error('The program ran off its end.');
}
