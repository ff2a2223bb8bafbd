import type { Json } from '../../../src/protocol/plugin/index.ts';
import { filterArchitecture } from '../../../src/sandbox/seccomp/index.ts';
import { forbiddenSyscalls, judgedSyscalls, numberOn } from '../../../src/sandbox/seccomp/syscalls.ts';
import { type AttemptOfArea, inArea, type Language } from './attempt.ts';

/** Languages that can make a system call of their own choice. */
const able: readonly Language[] = ['python', 'go', 'rust'];

const architecture = filterArchitecture(process.arch);

/** Calls the table of the filter lacks: x86-64, arm64. */
const others = { shmat: [30, 196], msgget: [68, 186], mknodat: [259, 33], setuid: [105, 146] } as const;

type Name = keyof typeof others | keyof typeof judgedSyscalls | 'ptrace' | 'unshare';

function numberOf(name: string): number | undefined {
  if (architecture === undefined) return undefined;
  if (name === 'unknown') return 500;
  const table: Readonly<Record<string, readonly [number | undefined, number | undefined]>> = {
    ...forbiddenSyscalls,
    ...judgedSyscalls,
    ...others,
  };
  const columns = table[name];
  return columns === undefined ? undefined : numberOn(architecture, columns);
}

/** An address of that many zeros. */
const room = (bytes: number): Json => ({ bytes: '00'.repeat(bytes) });
const text = (value: string): Json => ({ text: value });

function call(
  title: string,
  name: Name | (string & {}),
  args: readonly Json[] | ((pid: number) => readonly Json[]),
): AttemptOfArea {
  return {
    title,
    languages: able,
    hand: 'syscall',
    args: ({ victim }) => ({
      number: numberOf(name) ?? -1,
      args: [...(typeof args === 'function' ? args(victim.pid) : args)],
    }),
    skip: () => (numberOf(name) === undefined ? `this processor has no ${name}` : undefined),
  };
}

const newNamespaces = {
  user: 0x10000000,
  mount: 0x00020000,
  PID: 0x20000000,
  network: 0x40000000,
  IPC: 0x08000000,
  UTS: 0x04000000,
  cgroup: 0x02000000,
};

/** Namespaces and mounts. */
export const namespaces = inArea('Namespaces and mounts', [
  ...Object.entries(newNamespaces).map(([name, flag]) =>
    call(`leave its ${name} namespace`, 'unshare', [flag]),
  ),
  call('clone into a new user namespace', 'clone', [newNamespaces.user | 17, 0, 0, 0, 0]),
  call('clone3 into a new user namespace', 'clone3', [{ bytes: `00000010${'00'.repeat(60)}` }, 64]),
  call('enter a namespace by a descriptor', 'setns', [0, 0]),
  call('mount a file system', 'mount', [text('none'), text('/tmp'), text('tmpfs'), 0, 0]),
  call('bind the root elsewhere', 'mount', [text('/'), text('/tmp'), 0, 4096, 0]),
  call('remount the root for writing', 'mount', [text('none'), text('/'), 0, 32, 0]),
  call('take a mount away', 'umount2', [text('/proc/sys'), 2]),
  call('change the root', 'chroot', [text('/tmp')]),
  call('pivot the root', 'pivot_root', [text('/tmp'), text('/tmp')]),
  call('open a tree of mounts', 'open_tree', [-100, text('/'), 1]),
  call('open a file system', 'fsopen', [text('proc'), 0]),
  call('move a mount', 'move_mount', [-100, text('/tmp'), -100, text('/tmp'), 0]),
  call('make a device', 'mknodat', [-100, text('/tmp/device'), 0o20666, 0x103]),
]);

/** Sockets only a system call gives. */
export const families = inArea('Socket families', [
  call('a Unix socket', 'socket', [1, 1, 0]),
  call('a raw socket', 'socket', [2, 3, 1]),
  call('a packet socket', 'socket', [17, 3, 0]),
  call('a netlink socket', 'socket', [16, 3, 0]),
  call('a vsock, which knows no namespaces', 'socket', [40, 1, 0]),
  call('a socket to the kernel’s ciphers', 'socket', [38, 5, 0]),
  call('a Bluetooth socket', 'socket', [31, 3, 0]),
  call('a pair of datagram sockets', 'socketpair', [1, 2, 0, room(8)]),
]);

/** Doors of the kernel that have often stood open. */
export const kernel = inArea('The kernel', [
  call('trace another process', 'ptrace', pid => [16, pid, 0, 0]),
  call('have itself traced', 'ptrace', [0, 0, 0, 0]),
  call('read the memory of another process', 'process_vm_readv', pid => [pid, room(16), 1, room(16), 1, 0]),
  call('write the memory of another process', 'process_vm_writev', pid => [pid, room(16), 1, room(16), 1, 0]),
  call('take a descriptor of another process', 'pidfd_getfd', [3, 0, 0]),
  call('compare itself with another process', 'kcmp', pid => [pid, pid, 0, 0, 0]),
  call('set up io_uring', 'io_uring_setup', [4, room(120)]),
  call('load a BPF program', 'bpf', [5, room(128), 128]),
  call('make a BPF map', 'bpf', [0, { bytes: `02000000040000000400000001000000${'00'.repeat(112)}` }, 128]),
  call('handle the page faults of others', 'userfaultfd', [0]),
  call('watch the processor', 'perf_event_open', [room(128), 0, -1, -1, 0]),
  call('add a key to a keyring', 'add_key', [text('user'), text('name'), text('word'), 4, -3]),
  call('read a keyring', 'keyctl', [0, -3, 0, 0, 0]),
  call('ask for a key', 'request_key', [text('user'), text('name'), 0, 0]),
  call('make a file of memory', 'memfd_create', [text('hidden'), 0]),
  call('make secret memory', 'memfd_secret', [0]),
  call('make a System V segment', 'shmget', [0, 4096, 0o1600]),
  call('load a module', 'init_module', [room(8), 8, text('')]),
  call('load a module from a file', 'finit_module', [0, text(''), 0]),
  call('replace the kernel', 'kexec_load', [0, 0, 0, 0]),
  call('open a file by its handle', 'open_by_handle_at', [-100, room(64), 0]),
  call('watch all files', 'fanotify_init', [0, 0]),
  call('restart the machine', 'reboot', [0, 0, 0, 0]),
  call('read the kernel’s log', 'syslog', [3, room(64), 64]),
  call('set the clock', 'settimeofday', [room(16), 0]),
  call('rename the machine', 'sethostname', [text('taken'), 5]),
  call('type into the terminal of its parent', 'ioctl', [0, 0x5412, text('x')]),
  call('paste into the console', 'ioctl', [0, 0x541c, text('\u0003')]),
  call('switch off the randomness of addresses', 'personality', [0x0040000]),
  call('make a call newer than the filter', 'unknown', []),
  call('become root', 'setuid', [0]),
]);
