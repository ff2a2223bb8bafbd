import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildFilter, filterArchitecture } from '../../../src/sandbox/seccomp/index.ts';
import {
  type Architecture,
  auditArchitecture,
  forbiddenSyscalls,
  judgedSyscalls,
  numberOn,
} from '../../../src/sandbox/seccomp/syscalls.ts';
import { interpret } from './bpf-interpreter.ts';

const allow = 0x7fff0000;
const kill = 0x80000000;
const eperm = 0x00050001;
const enosys = 0x00050026;

for (const architecture of ['x64', 'arm64'] as const satisfies readonly Architecture[]) {
  describe(`the system call filter on ${architecture}`, () => {
    const filter = buildFilter(architecture);
    const native = auditArchitecture[architecture];
    const verdict = (syscall: number, ...args: readonly (number | bigint)[]): number =>
      interpret(filter, { syscall, architecture: native, args: args.map(BigInt) });
    const judged = (name: keyof typeof judgedSyscalls): number =>
      numberOn<number>(architecture, judgedSyscalls[name]);

    it('allows what every program does', () => {
      // read, write, close, mmap, futex, epoll_pwait, execve
      const ordinary = architecture === 'x64' ? [0, 1, 3, 9, 202, 281, 59] : [63, 64, 57, 222, 98, 22, 221];
      for (const syscall of ordinary) assert.equal(verdict(syscall), allow, `call ${syscall}`);
    });

    it('refuses every forbidden call', () => {
      for (const [name, columns] of Object.entries(forbiddenSyscalls)) {
        const syscall = numberOn(architecture, columns);
        if (syscall !== undefined) assert.equal(verdict(syscall), eperm, name);
      }
    });

    it('allows IPv4 and IPv6 sockets alone', () => {
      const families = { unix: 1, inet: 2, inet6: 10, netlink: 16, packet: 17, alg: 38, vsock: 40, xdp: 44 };
      for (const [name, family] of Object.entries(families)) {
        const expected = name.startsWith('inet') ? allow : eperm;
        assert.equal(verdict(judged('socket'), family, 1), expected, name);
      }
    });

    it('looks at no more of the family than the kernel does', () => {
      const unixWithHighWord = (1n << 32n) | 1n;
      assert.equal(verdict(judged('socket'), unixWithHighWord), eperm);
      assert.equal(verdict(judged('socket'), (7n << 32n) | 2n), allow);
    });

    it('allows connected pairs of streams, never of datagrams', () => {
      const closeOnExec = 0o2000000;
      assert.equal(verdict(judged('socketpair'), 1, 1 | closeOnExec), allow);
      assert.equal(verdict(judged('socketpair'), 1, 5), allow);
      assert.equal(verdict(judged('socketpair'), 1, 2), eperm);
      assert.equal(verdict(judged('socketpair'), 1, 2 | closeOnExec), eperm);
      assert.equal(verdict(judged('socketpair'), 40, 1), eperm);
    });

    it('lets threads and processes start, but in no new namespace', () => {
      const threadFlags = 0x3d0f00;
      assert.equal(verdict(judged('clone'), threadFlags), allow);
      assert.equal(verdict(judged('clone'), 17), allow);
      for (const flag of [0x20000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000]) {
        assert.equal(verdict(judged('clone'), flag | 17), eperm, `flag 0x${flag.toString(16)}`);
      }
      assert.equal(verdict(judged('clone3')), enosys);
    });

    it('refuses typing into a terminal, whatever the high word says', () => {
      assert.equal(verdict(judged('ioctl'), 0, 0x5412), eperm);
      assert.equal(verdict(judged('ioctl'), 0, (1n << 32n) | 0x5412n), eperm);
      assert.equal(verdict(judged('ioctl'), 0, 0x541c), eperm);
      assert.equal(verdict(judged('ioctl'), 0, 0x5413), allow);
    });

    it('refuses another personality', () => {
      assert.equal(verdict(judged('personality'), 0), allow);
      assert.equal(verdict(judged('personality'), 0xffffffff), allow);
      assert.equal(verdict(judged('personality'), 0x0400000), eperm);
    });

    it('does not know calls that are newer than itself', () => {
      assert.equal(verdict(466), allow);
      assert.equal(verdict(467), enosys);
      assert.equal(verdict(0x3fffffff), enosys);
    });

    it('ends a process that uses another calling convention', () => {
      const foreign = [0x40000003, 0xc0000028 /* i386, arm */, ...Object.values(auditArchitecture)];
      for (const other of foreign.filter(value => value !== native)) {
        assert.equal(interpret(filter, { syscall: 0, architecture: other }), kill);
      }
      const x32 = 0x40000000;
      assert.equal(verdict(x32 | 41, 1), architecture === 'x64' ? kill : enosys);
    });

    it('fits what the kernel accepts', () => {
      assert.equal(filter.length % 8, 0);
      assert.ok(filter.length / 8 <= 4096);
    });
  });
}

describe('filterArchitecture', () => {
  it('knows no filter for other processors', () => {
    assert.equal(filterArchitecture('x64'), 'x64');
    assert.equal(filterArchitecture('arm64'), 'arm64');
    assert.equal(filterArchitecture('riscv64'), undefined);
  });
});
