import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { decodeShellCode } from '../child-process.ts';
import type { ProcessExit } from '../port.ts';
import type { BubblewrapStatus } from './status.ts';

/** The name the kernel gives bubblewrap's child until it becomes the program. */
const setupName = 'bwrap';

/**
 * Waits until bubblewrap's child has become the program. `false` when it ended before. Nothing announces the moment,
 * so the kernel's name of the process is looked at every millisecond, over the few that the set-up takes.
 */
export async function waitUntilRunning(
  pid: number,
  command: readonly string[],
  status: BubblewrapStatus,
): Promise<boolean> {
  if (basename(command[0] ?? '') === setupName) return true;
  let ended: { readonly code: number | undefined } | undefined;
  void status.exitCode.then(code => {
    ended = { code };
  });
  for (;;) {
    // A program that ran and is over counts as started: its exit code is the proof.
    if (ended !== undefined) return ended.code !== undefined;
    const name = readProc(pid, 'comm')?.trim();
    if (name !== undefined && name !== setupName) return true;
    await delay(1);
  }
}

/**
 * Kills the program; bubblewrap then ends by itself.
 *
 * It is never bubblewrap that is killed: its child asks to die with it only after a first moment, and would be left
 * behind, waiting for a parent that is gone. As process 1 of its namespace the program takes all it started along.
 */
export function killProgram(bubblewrap: ChildProcess, pid: number): void {
  // The number could have passed to another process in the moment after the end, so look whose child it is.
  if (bubblewrap.pid === undefined || readParent(pid) !== bubblewrap.pid) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It ended between the look and the kill, which is what was wanted.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Resolves when bubblewrap and the program are both gone; never rejects. */
export async function waitForEnd(bubblewrap: ChildProcess, status: BubblewrapStatus): Promise<ProcessExit> {
  const own = await new Promise<ProcessExit>(resolve => {
    bubblewrap.once('exit', (code, signal) => resolve({ code, signal }));
    bubblewrap.once('error', () => {
      if (bubblewrap.pid === undefined) resolve({ code: null, signal: null });
    });
  });
  const pid = bubblewrap.pid === undefined ? undefined : await status.childPid;
  while (pid !== undefined && isAlive(pid)) await delay(1);
  const code = bubblewrap.pid === undefined ? undefined : await status.exitCode;
  return code === undefined ? own : decodeShellCode(code);
}

function isAlive(pid: number): boolean {
  const state = statFields(pid)?.[0];
  return state !== undefined && state !== 'Z' && state !== 'X';
}

function readParent(pid: number): number | undefined {
  const parent = statFields(pid)?.[1];
  return parent === undefined ? undefined : Number(parent);
}

/** The fields of `stat` from the state on; the name before them may hold anything, a closing bracket too. */
function statFields(pid: number): string[] | undefined {
  const stat = readProc(pid, 'stat');
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function readProc(pid: number, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1');
  } catch {
    return undefined;
  }
}
