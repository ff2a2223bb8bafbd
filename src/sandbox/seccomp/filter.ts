import {
  type Action,
  assemble,
  decide,
  type Instruction,
  keepBits,
  loadArchitecture,
  loadArgument,
  loadSyscall,
  unlessEqual,
  whenAnyBitSet,
  whenAtLeast,
  whenEqual,
} from './bpf.ts';
import { numberOf } from './numbers.ts';
import {
  type Architecture,
  auditArchitecture,
  forbiddenSyscalls,
  judgedSyscalls,
  newestKnownSyscall,
  numberOn,
  reducedSyscalls,
  x32Bit,
} from './syscalls.ts';
import {
  inet,
  inet6,
  linuxPersonality,
  namespaceFlags,
  queryPersonality,
  sequencedSocket,
  socketTypeBits,
  streamSocket,
  terminalInjection,
  unix,
} from './values.ts';

/**
 * The seccomp filter of a plugin for one architecture, ready to be handed to bubblewrap.
 *
 * It allows by default and refuses what a namespace does not contain: sockets other than IPv4 and IPv6 (AF_VSOCK and
 * AF_NETLINK reach past a network namespace, AF_UNIX reaches past a mount that shares a folder), new namespaces,
 * tracing, io_uring, keyrings, terminal injection, and every call newer than this filter. A foreign calling
 * convention ends the process, because its numbers mean other calls.
 *
 * @param refused names of further calls to refuse; names that are unknown here have no effect
 */
export function buildFilter(architecture: Architecture, refused: readonly string[] = []): Buffer {
  return assemble([
    ...checked(architecture),
    ...alsoRefused(architecture, refused),
    ...judged(architecture),
    ...forbidden(architecture),
    decide('allow'),
  ]);
}

function alsoRefused(architecture: Architecture, names: readonly string[]): Instruction[] {
  return [...new Set(names)].flatMap(name => {
    const number = numberOf(name, architecture);
    return number === undefined ? [] : whenEqual(number, [decide(notPermitted)]);
  });
}

/** Refuses foreign calling conventions and calls that came later; leaves the call's number loaded. */
function checked(architecture: Architecture): Instruction[] {
  return [
    loadArchitecture,
    ...unlessEqual(auditArchitecture[architecture], [decide('kill')]),
    loadSyscall,
    ...(architecture === 'x64' ? whenAtLeast(x32Bit, [decide('kill')]) : []),
    ...whenAtLeast(newestKnownSyscall + 1, [decide(notImplemented)]),
  ];
}

/**
 * The filter of a plugin that has no namespaces of its own: what {@link buildFilter} refuses, every socket, and what
 * reaches its neighbours. `prlimit64` may only be about the caller itself.
 */
export function buildReducedFilter(architecture: Architecture, refused: readonly string[] = []): Buffer {
  const neighbours = Object.values(reducedSyscalls).flatMap(columns => {
    const number = numberOn(architecture, columns);
    return number === undefined ? [] : whenEqual(number, [decide(notPermitted)]);
  });
  const limits = whenEqual(numberOn<number>(architecture, prlimit64), [loadArgument(0), ...allowOnly(0)]);
  return assemble([
    ...checked(architecture),
    ...alsoRefused(architecture, refused),
    ...neighbours,
    ...limits,
    ...judged(architecture),
    ...forbidden(architecture),
    decide('allow'),
  ]);
}

/** The numbers a program needs to confine itself. */
export function reducedCalls(architecture: Architecture): {
  readonly prctl: number;
  readonly seccomp: number;
} {
  return {
    prctl: numberOn<number>(architecture, [157, 167]),
    seccomp: numberOn<number>(architecture, [317, 277]),
  };
}

/** The architecture the filter is for, or `undefined` where there is none yet. `architecture` as in `process.arch`. */
export function filterArchitecture(architecture: string): Architecture | undefined {
  return architecture === 'x64' || architecture === 'arm64' ? architecture : undefined;
}

/** x86-64, arm64. */
const prlimit64 = [302, 261] as const;

const notPermitted: Action = { errno: 1 };
/** ENOSYS: the caller falls back to an older call, as glibc does from clone3 to clone. */
const notImplemented: Action = { errno: 38 };

function judged(architecture: Architecture): Instruction[] {
  const on = (call: keyof typeof judgedSyscalls, block: readonly Instruction[]): Instruction[] =>
    whenEqual(numberOn<number>(architecture, judgedSyscalls[call]), block);
  return [
    ...on('socket', [loadArgument(0), ...allowOnly(inet, inet6)]),
    // A datagram pair could still be pointed at a named socket, a connected stream can not.
    ...on('socketpair', [
      loadArgument(0),
      ...unlessEqual(unix, [decide(notPermitted)]),
      loadArgument(1),
      keepBits(socketTypeBits),
      ...allowOnly(streamSocket, sequencedSocket),
    ]),
    ...on('clone', [
      loadArgument(0),
      ...whenAnyBitSet(namespaceFlags, [decide(notPermitted)]),
      decide('allow'),
    ]),
    // Its flags are in memory, which a filter can't read.
    ...on('clone3', [decide(notImplemented)]),
    ...on('ioctl', [
      loadArgument(1),
      ...whenEqual(terminalInjection.TIOCSTI, [decide(notPermitted)]),
      ...whenEqual(terminalInjection.TIOCLINUX, [decide(notPermitted)]),
      decide('allow'),
    ]),
    ...on('personality', [loadArgument(0), ...allowOnly(linuxPersonality, queryPersonality)]),
  ];
}

function forbidden(architecture: Architecture): Instruction[] {
  return Object.values(forbiddenSyscalls).flatMap(columns => {
    const number = numberOn(architecture, columns);
    return number === undefined ? [] : whenEqual(number, [decide(notPermitted)]);
  });
}

/** A block that allows the listed values of the accumulator and refuses the rest. */
function allowOnly(...values: readonly number[]): Instruction[] {
  return [...values.flatMap(value => whenEqual(value, [decide('allow')])), decide(notPermitted)];
}
