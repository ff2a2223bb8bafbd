import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmdirSync,
  statfsSync,
} from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { messageOf, WorkbenchError } from '../../../base/index.ts';
import { emptyFolder } from './remove-tree.ts';

const run = promisify(execFile);
const prefix = 'plugin-workbench';

/** The folder of one host, on a memory file system. */
export interface Place {
  readonly dir: string;
  /** True when plugins may run as another user than the host: what they are to reach has to be open to others. */
  readonly forOthers: boolean;
  /** Bytes the file system has left for the host. */
  free(): number;
  remove(): Promise<void>;
}

/** What {@link openPlace} needs. */
export interface PlaceOptions {
  /** Folders on memory file systems, the best first. */
  readonly bases: readonly string[];
  /** Size of a file system of its own, where one may be mounted. */
  readonly bytes: number;
  /** Whether to try. */
  readonly mount: boolean;
}

/** Where this machine keeps files in memory. */
export function memoryFolders(env: NodeJS.ProcessEnv): readonly string[] {
  return ['/dev/shm', env['XDG_RUNTIME_DIR']].filter(
    dir => dir !== undefined && path.isAbsolute(dir),
  ) as string[];
}

/**
 * Makes the folder of this host, and removes those of hosts that are no more.
 *
 * @throws WorkbenchError `PW-MEMORY-PLACE` when no base can be used
 */
export async function openPlace(options: PlaceOptions): Promise<Place> {
  const base = options.bases.find(isUsable);
  if (base === undefined) {
    throw new WorkbenchError('PW-MEMORY-PLACE', 'This machine has no folder in memory to share.', {
      nextStep: 'Make /dev/shm writable, or set XDG_RUNTIME_DIR to a folder in memory.',
    });
  }
  for (const name of readdirSync(base)) {
    // What can't be removed is in nobody's way.
    if (isLeftOver(base, name)) await removePlace(path.join(base, name)).catch(() => {});
  }
  const forOthers = process.getuid?.() === 0;
  const mode = forOthers ? 0o711 : 0o700;
  const dir = path.join(base, `${ownName()}-${randomBytes(8).toString('hex')}`);
  mkdirSync(dir, { mode });
  if (options.mount && forOthers) {
    const limits = `size=${options.bytes},nr_inodes=65536,mode=${mode.toString(8)},nosuid,nodev,noexec`;
    // Where it is not allowed, the folder itself will do.
    await run('mount', ['-t', 'tmpfs', '-o', limits, prefix, dir]).catch(() => {});
  }
  chmodSync(dir, mode);
  return {
    dir,
    forOthers,
    free: () => {
      const { bavail, bsize } = statfsSync(dir);
      return bavail * bsize;
    },
    remove: () => removePlace(dir),
  };
}

function isUsable(base: string): boolean {
  try {
    accessSync(base, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Names the host that runs: user, process namespace, process and when that was started. */
function ownName(): string {
  return [prefix, process.getuid?.(), namespaceOf('self'), process.pid, startOf('self')].join('-');
}

/** True for the folder of a host of this user and this process namespace that runs no more. */
function isLeftOver(base: string, name: string): boolean {
  const [, user, namespace, pid, start] =
    /^plugin-workbench-(\d+)-(\d+)-(\d+)-(\d+)-[0-9a-f]{16}$/.exec(name) ?? [];
  if (pid === undefined || Number(user) !== process.getuid?.() || namespace !== namespaceOf('self'))
    return false;
  const facts = lstatSync(path.join(base, name), { throwIfNoEntry: false });
  return facts?.isDirectory() === true && facts.uid === Number(user) && startOf(pid) !== start;
}

function namespaceOf(pid: string): string {
  return /\d+/.exec(readlinkSync(`/proc/${pid}/ns/pid`))?.[0] ?? '';
}

/** When a process was started, in ticks since the machine was; `undefined` when there is none. */
function startOf(pid: string): string | undefined {
  try {
    // The name in parentheses may hold spaces and parentheses of its own.
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')[19];
  } catch {
    return undefined;
  }
}

/** @throws WorkbenchError `PW-MEMORY-PLACE` when something of it stays */
async function removePlace(dir: string): Promise<void> {
  emptyFolder(dir);
  try {
    if (lstatSync(dir).dev !== lstatSync(path.dirname(dir)).dev) await run('umount', ['-l', dir]);
    rmdirSync(dir);
  } catch (cause) {
    throw new WorkbenchError('PW-MEMORY-PLACE', `${dir} could not be removed: ${messageOf(cause)}`, {
      cause,
    });
  }
}
