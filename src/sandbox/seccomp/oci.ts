import { syscallNames } from './numbers.ts';
import { type Architecture, forbiddenSyscalls, judgedSyscalls } from './syscalls.ts';
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

/** A comparison of one argument, as the OCI runtime specification has it. */
interface OciArgument {
  readonly index: number;
  /** The mask. */
  readonly value: number;
  /** What has to be left under the mask. */
  readonly valueTwo: number;
  readonly op: 'SCMP_CMP_MASKED_EQ';
}

/** One rule. Several rules of the same name are alternatives; the arguments of one have to hold together. */
export interface OciRule {
  readonly names: readonly string[];
  readonly action: 'SCMP_ACT_ALLOW' | 'SCMP_ACT_ERRNO';
  readonly errnoRet?: number;
  readonly args?: readonly OciArgument[];
}

/** A seccomp profile of the OCI runtime specification (config-linux.md, "Seccomp"). */
export interface OciProfile {
  readonly defaultAction: 'SCMP_ACT_ERRNO';
  readonly defaultErrnoRet: number;
  readonly architectures: readonly string[];
  readonly syscalls: readonly OciRule[];
}

const notPermitted = 1;
const notImplemented = 38;
const allBits = 0xffffffff;
const architectureNames: Readonly<Record<Architecture, string>> = {
  x64: 'SCMP_ARCH_X86_64',
  arm64: 'SCMP_ARCH_AARCH64',
};

/**
 * The filter of `buildFilter` for a container runtime. Such a profile names calls and can't say "newer than", so this
 * one lists what is allowed, and everything else does not exist. A foreign calling convention ends the process: the
 * runtime's library adds that for architectures that are not listed.
 *
 * @param refused names of further calls to refuse; names that are unknown here have no effect
 */
export function buildOciProfile(architecture: Architecture, refused: readonly string[] = []): OciProfile {
  const known = new Set(syscallNames);
  const denied = new Set([...Object.keys(forbiddenSyscalls), ...refused.filter(name => known.has(name))]);
  const rules = Object.entries(judged).filter(([name]) => !denied.has(name));
  const allowed = syscallNames.filter(name => !denied.has(name) && !Object.hasOwn(judgedSyscalls, name));
  return {
    defaultAction: 'SCMP_ACT_ERRNO',
    defaultErrnoRet: notImplemented,
    architectures: [architectureNames[architecture]],
    syscalls: [
      allow(allowed),
      refuse([...denied]),
      ...rules.flatMap(([name, alternatives]) =>
        alternatives.map(({ allowed: isAllowed, args }) => ({
          ...(isAllowed ? allow([name]) : refuse([name])),
          args,
        })),
      ),
    ],
  };
}

/** A case of a judged call. */
interface Case {
  readonly allowed: boolean;
  readonly args: readonly OciArgument[];
}

/**
 * The calls that are judged by their arguments. Every value of an argument is in one case: what no rule covers would
 * not exist, which programs take for an old kernel. `clone3` is meant to.
 */
const judged: Readonly<Record<Exclude<keyof typeof judgedSyscalls, 'clone3'>, readonly Case[]>> = {
  socket: oneOf(0, [inet, inet6]),
  socketpair: [
    ...[streamSocket, sequencedSocket].map(type => ({
      allowed: true,
      args: [equal(0, unix), masked(1, socketTypeBits, type)],
    })),
    ...others([streamSocket, sequencedSocket], 4).map(([mask, value]) => ({
      allowed: false,
      args: [equal(0, unix), masked(1, mask, value)],
    })),
    ...others([unix]).map(([mask, value]) => ({ allowed: false, args: [masked(0, mask, value)] })),
  ],
  clone: [
    { allowed: true, args: [masked(0, namespaceFlags, 0)] },
    ...bitsOf(namespaceFlags).map(bit => ({ allowed: false, args: [masked(0, bit, bit)] })),
  ],
  ioctl: oneOf(1, Object.values(terminalInjection)).map(one => ({ ...one, allowed: !one.allowed })),
  personality: oneOf(0, [linuxPersonality, queryPersonality]),
};

/** Allows the listed values of an argument and refuses the rest. */
function oneOf(index: number, values: readonly number[]): Case[] {
  return [
    ...values.map(value => ({ allowed: true, args: [equal(index, value)] })),
    ...others(values).map(([mask, value]) => ({ allowed: false, args: [masked(index, mask, value)] })),
  ];
}

/**
 * Splits all numbers of some bits except the given ones into pairs of a mask and what is left under it: a rule can
 * compare an argument only once, so "neither this nor that" has to be said by what it is instead.
 */
function others(values: readonly number[], bits = 32): (readonly [number, number])[] {
  const split = (bit: number, mask: number, prefix: number): (readonly [number, number])[] => {
    if (!values.some(value => (value & mask) >>> 0 === prefix)) return [[mask, prefix]];
    if (bit < 0) return [];
    const next = 2 ** bit;
    return [...split(bit - 1, mask + next, prefix), ...split(bit - 1, mask + next, prefix + next)];
  };
  return split(bits - 1, 0, 0);
}

function bitsOf(mask: number): number[] {
  return Array.from({ length: 32 }, (_, bit) => 2 ** bit).filter(bit => (mask & bit) !== 0);
}

function equal(index: number, value: number): OciArgument {
  return masked(index, allBits, value);
}

/** Looks at the low 32 bits only, as the kernel does. */
function masked(index: number, mask: number, value: number): OciArgument {
  return { index, value: mask, valueTwo: value, op: 'SCMP_CMP_MASKED_EQ' };
}

function allow(names: readonly string[]): OciRule {
  return { names, action: 'SCMP_ACT_ALLOW' };
}

function refuse(names: readonly string[]): OciRule {
  return { names, action: 'SCMP_ACT_ERRNO', errnoRet: notPermitted };
}
