import { accessSync, constants, readdirSync, type Stats, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SandboxPolicy } from '../port.ts';
import { type Bind, bindsOf } from './arguments.ts';

/** Who bubblewrap runs as. */
export interface Identity {
  /** For `spawn`; `undefined` keeps the caller's. Given, supplementary groups are dropped too. */
  readonly outerId: number | undefined;
  /** User and group seen inside; `undefined` for the same as outside. */
  readonly innerId: number | undefined;
}

/** The conventional owner of nothing: nobody, nogroup. */
export const nobody = 65534;

/**
 * Chooses who a plugin runs as. Anyone but root: as themselves. Root: as nobody, when nobody can reach all that is
 * bound and write where writing is granted. Otherwise the process stays root's on the outside, without a capability
 * and under another number inside, and relies on the covers over `/proc`.
 */
export function chooseIdentity(
  policy: SandboxPolicy,
  runsAsNobody: boolean,
  userId = process.getuid?.(),
): Identity {
  if (userId !== 0) return { outerId: undefined, innerId: undefined };
  const open =
    runsAsNobody &&
    bindsOf(policy).every(bind => isReachable(bind.from) && isUsable(bind) && areReadable(bind.from));
  return open ? { outerId: nobody, innerId: undefined } : { outerId: 0, innerId: nobody };
}

function isReachable(path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (!allows(statSync(folder), { read: false, write: false, search: true })) return false;
    if (folder === '/') return true;
  }
}

/** Only what the manifest grants for writing has to be writable as a whole: the workbench gave its own folders the modes it means. */
function isUsable({ from, writable, granted }: Bind): boolean {
  const stats = statSync(from);
  return allows(stats, { read: true, write: writable && granted, search: stats.isDirectory() });
}

/** Looks one level down: a folder of files that only root may read is found without walking a whole tree. */
function areReadable(path: string): boolean {
  if (!statSync(path).isDirectory()) return true;
  return readdirSync(path).every(name => {
    const stats = statOrNothing(join(path, name));
    return stats === undefined || allows(stats, { read: true, write: false, search: stats.isDirectory() });
  });
}

/** A link that leads nowhere, or in a circle, keeps nobody from anything. */
function statOrNothing(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function allows(stats: Stats, need: { read: boolean; write: boolean; search: boolean }): boolean {
  const wanted = (need.read ? 4 : 0) | (need.write ? 2 : 0) | (need.search ? 1 : 0);
  const shift = stats.uid === nobody ? 6 : stats.gid === nobody ? 3 : 0;
  return ((stats.mode >> shift) & wanted) === wanted;
}

/**
 * What of `/proc` root owns and a plugin must not read or write. A process that is not root's can't open these, so
 * they are covered only where it is; each cover costs about 0.15 ms of start-up.
 */
const rootOwned = [
  ...['sysrq-trigger', 'kcore', 'kmsg', 'keys', 'key-users', 'timer_list', 'timer_stats', 'sched_debug'],
  ...['latency_stats', 'kallsyms', 'slabinfo', 'vmallocinfo', 'pagetypeinfo', 'kpagecount', 'kpageflags'],
  ...['kpagecgroup', 'mtrr', 'profile', 'vmcore', 'irq', 'bus', 'fs', 'acpi', 'asound', 'driver', 'scsi'],
];

/** The covers this kernel needs. */
export function findProcMasks(): { readonly files: readonly string[]; readonly folders: readonly string[] } {
  const present = rootOwned.map(name => `/proc/${name}`).filter(exists);
  const isFolder = (path: string): boolean => statSync(path).isDirectory();
  return { files: present.filter(path => !isFolder(path)), folders: present.filter(isFolder) };
}

function exists(path: string): boolean {
  try {
    accessSync(path, constants.F_OK);
    return true;
  } catch {
    return false;
  }
}
