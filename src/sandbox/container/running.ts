import { fstatSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { linked, type OpenGrants } from '../bubblewrap/index.ts';
import { ask, type Engine } from './engine.ts';
import { ownerOf } from './leftovers.ts';

/** What a container's first process is before it becomes the program. */
const runtimes = /(^|[/:])(runc|crun|youki|runsc|kata-runtime)\b/;

/**
 * Waits until the program runs and gives its process id as the host sees it; `undefined` when podman ended before
 * there was one. Nothing announces the moment, so it is looked for every few milliseconds.
 *
 * @param found hears of the process id as soon as there is one, before it is the program
 */
export async function waitUntilRunning(
  pidFile: string,
  hasEnded: () => boolean,
  found: (pid: number) => void,
): Promise<number | undefined> {
  let pid: number | undefined;
  for (;;) {
    const isOver = hasEnded();
    if (pid === undefined) {
      pid = readPid(pidFile);
      if (pid !== undefined) found(pid);
    }
    if (pid !== undefined && (isOver || isProgram(pid))) return pid;
    if (isOver) return undefined;
    await delay(5);
  }
}

/** Kills a container's process. */
export interface Killer {
  kill(): void;
  /** Tells whom to kill; one that was to be killed before is killed now. */
  aim(pid: number): void;
  /** True once somebody wanted it killed. */
  isUsed(): boolean;
}

/** Kills by the process id, once it is known, and only while it is still the same process. */
export function createKiller(engine: Engine, container: string, isOver: () => boolean): Killer {
  let target: { readonly pid: number; readonly owner: string | undefined } | undefined;
  let wanted = false;
  const kill = (): void => {
    wanted = true;
    if (target === undefined || isOver() || ownerOf(target.pid) !== target.owner) return;
    try {
      process.kill(target.pid, 'SIGKILL');
    } catch (error) {
      // Another user's, as the user namespace maps it: podman may.
      if ((error as NodeJS.ErrnoException).code === 'EPERM')
        void ask(engine, ['kill', '--signal', 'KILL', container]);
    }
  };
  return {
    kill,
    aim: pid => {
      target = { pid, owner: ownerOf(pid) };
      if (wanted) kill();
    },
    isUsed: () => wanted,
  };
}

/**
 * Looks whether what the container shows is what was granted: podman binds by name, and another plugin could have put
 * a link in its place since the policy was checked.
 *
 * @throws WorkbenchError `PW-SANDBOX-START`
 */
export function checkGranted(pid: number, { descriptors }: OpenGrants, hasEnded: () => boolean): void {
  for (const [path, fd] of descriptors) {
    const outside = fstatSync(fd, { bigint: true });
    let inside: typeof outside;
    try {
      inside = statSync(`/proc/${pid}/root${path}`, { bigint: true });
    } catch (error) {
      // A program that is over holds nothing any more.
      if (hasEnded() || ownerOf(pid) === undefined || isZombie(pid)) return;
      throw error;
    }
    if (inside.dev !== outside.dev || inside.ino !== outside.ino) throw linked(path, 'another place');
  }
}

function isProgram(pid: number): boolean {
  try {
    if (runtimes.test(readFileSync(`/proc/${pid}/comm`, 'latin1'))) return false;
    return !runtimes.test(readlinkSync(`/proc/${pid}/exe`));
  } catch {
    // It is over, or just between two programs: the next look tells.
    return false;
  }
}

function isZombie(pid: number): boolean {
  try {
    return /^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'));
  } catch {
    return true;
  }
}

function readPid(file: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(file, 'latin1'), 10);
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}
