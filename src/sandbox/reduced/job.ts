import { statSync } from 'node:fs';
import type { SandboxPolicy } from '../port.ts';
import { buildReducedFilter, reducedCalls } from '../seccomp/index.ts';
import { grantedAccess, handledAccess } from './access.ts';
import type { ReducedInstallation } from './probe.ts';

/**
 * Files of the system that programs expect to be able to read; none tells about other processes. A program copes with
 * a file that is not there, often not with one that it may not read.
 */
const systemFiles = [
  ...['/etc/ssl/openssl.cnf', '/etc/ld.so.cache', '/etc/localtime', '/usr/share/zoneinfo'],
  ...['/dev/null', '/dev/zero', '/dev/full', '/dev/random', '/dev/urandom'],
  ...['/proc/meminfo', '/proc/cpuinfo', '/proc/stat', '/proc/version', '/proc/sys/vm/overcommit_memory'],
];
const writableDevices = ['/dev/null', '/dev/zero', '/dev/full'];

/** A path and what may be done beneath it. */
export interface LandlockRule {
  readonly path: string;
  readonly access: number;
}

/** The rules a policy comes to: everything no rule names is out of reach. */
export function landlockRules(policy: SandboxPolicy, scratch: string, abi: number): readonly LandlockRule[] {
  const rule = (kind: 'read' | 'write', path: string): LandlockRule[] => {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats === undefined ? [] : [{ path, access: grantedAccess(kind, stats.isDirectory(), abi) }];
  };
  const read = [policy.pluginDir, ...policy.runtimePaths, ...policy.readOnly, ...systemFiles, '/proc/self'];
  const write = [...policy.readWrite, ...writableDevices, scratch];
  return [...read.flatMap(path => rule('read', path)), ...write.flatMap(path => rule('write', path))];
}

/** What the launcher is told, in its own form. */
export function describeJob(
  installation: ReducedInstallation,
  policy: SandboxPolicy,
  scratch: string,
): Buffer {
  const { abi, architecture } = installation;
  const rules = landlockRules(policy, scratch, abi);
  const calls = reducedCalls(architecture);
  const fields = [
    ...[`${calls.prctl}`, `${calls.seccomp}`, ruleset(abi).toString('hex')],
    ...[buildReducedFilter(architecture, policy.refusedCalls).toString('hex'), `${rules.length}`],
    ...rules.flatMap(({ access, path }) => [`${access}`, path]),
    ...[policy.pluginDir, ...policy.command],
  ];
  const bad = fields.find(field => field.includes('\0'));
  if (bad !== undefined) throw new Error(`A path contains a NUL character: ${JSON.stringify(bad)}`);
  return Buffer.from(fields.join('\0'));
}

/** `struct landlock_ruleset_attr`: files, from version 4 TCP, from version 6 abstract sockets and signals. */
function ruleset(abi: number): Buffer {
  const attributes = [handledAccess(abi), ...(abi >= 4 ? [0b11] : []), ...(abi >= 6 ? [0b11] : [])];
  const bytes = Buffer.alloc(8 * attributes.length);
  for (const [index, value] of attributes.entries()) bytes.writeBigUInt64LE(BigInt(value), 8 * index);
  return bytes;
}
