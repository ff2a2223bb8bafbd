import {
  type Architecture,
  forbiddenSyscalls,
  judgedSyscalls,
  numberOn,
} from '../../../src/sandbox/seccomp/syscalls.ts';

/** Every call the filter refuses, tried from Perl with harmless arguments; prints `name=errno`, 0 for success. */
export function syscallAttempts(architecture: Architecture): string {
  const forbidden = Object.entries(forbiddenSyscalls).flatMap(([name, columns]) => {
    const number = numberOn(architecture, columns);
    return number === undefined ? [] : [attempt(name, number, '0, 0, 0, 0, 0, 0')];
  });
  const judged = (name: keyof typeof judgedSyscalls): number =>
    numberOn<number>(architecture, judgedSyscalls[name]);
  const newUser = 0x10000000;
  const childSignal = 17;
  return [
    ...forbidden,
    attempt('socket unix', judged('socket'), '1, 1, 0'),
    attempt('socket netlink', judged('socket'), '16, 3, 0'),
    attempt('socket packet', judged('socket'), '17, 3, 0'),
    attempt('socket alg', judged('socket'), '38, 5, 0'),
    attempt('socket vsock', judged('socket'), '40, 1, 0'),
    attempt('clone newuser', judged('clone'), `${newUser | childSignal}, 0, 0, 0, 0`),
    attempt('ioctl TIOCSTI', judged('ioctl'), '0, 0x5412, 0'),
    attempt('ioctl TIOCLINUX', judged('ioctl'), '0, 0x541c, 0'),
    attempt('unknown call', 500, '0'),
    'print "done=1\\n";',
  ].join('\n');
}

function attempt(name: string, number: number, args: string): string {
  return `$! = 0; $r = syscall(${number}, ${args}); print "${name}=", ($r == -1 ? $!+0 : 0), "\\n";`;
}

/**
 * A static x86-64 program of a few bytes that makes one system call by a foreign convention and then exits with
 * `code`, which is to be seen only where the convention was allowed.
 */
export function foreignCallProgram(convention: 'i386' | 'x32', code: number): Buffer {
  const call =
    convention === 'i386'
      ? [0xb8, 20, 0, 0, 0, 0xcd, 0x80] // mov eax, 20 (getpid); int 0x80
      : [0xb8, 39, 0, 0, 0x40, 0x0f, 0x05]; // mov eax, 39 | x32 bit (getpid); syscall
  const exit = [0xb8, 60, 0, 0, 0, 0xbf, code, 0, 0, 0, 0x0f, 0x05]; // exit(code)
  const text = Buffer.from([...call, ...exit]);
  const base = 0x400000n;
  const head = Buffer.alloc(120);
  head.write('\x7fELF\x02\x01\x01', 0, 'latin1');
  head.writeUInt16LE(2, 16); // executable
  head.writeUInt16LE(62, 18); // x86-64
  head.writeUInt32LE(1, 20);
  head.writeBigUInt64LE(base + 120n, 24); // entry
  head.writeBigUInt64LE(64n, 32); // program headers
  head.writeUInt16LE(64, 52);
  head.writeUInt16LE(56, 54);
  head.writeUInt16LE(1, 56);
  head.writeUInt32LE(1, 64); // load
  head.writeUInt32LE(5, 68); // read, execute
  head.writeBigUInt64LE(base, 80);
  head.writeBigUInt64LE(base, 88);
  head.writeBigUInt64LE(BigInt(120 + text.length), 96);
  head.writeBigUInt64LE(BigInt(120 + text.length), 104);
  head.writeBigUInt64LE(0x1000n, 112);
  return Buffer.concat([head, text]);
}
