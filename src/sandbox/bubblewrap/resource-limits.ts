import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { messageOf, WorkbenchError } from '../../base/index.ts';

/** Processes and threads one sandbox may have. Node alone has about eleven, and four more for each worker. */
export const usualProcesses = 256;

/**
 * Arguments of prlimit that bound the open files of what it starts and forbid core dumps. Both hard: the program
 * can't raise them again.
 *
 * @param fileHandles is lowered to what this process may have itself, since nobody but root can go above it.
 */
export function fileLimitArguments(fileHandles: number): string[] {
  const own = /^Max open files\s+\S+\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1'))?.[1];
  const most = Math.min(fileHandles, own === undefined ? fileHandles : Number(own));
  return [`--nofile=${most}:${most}`, '--core=0:0'];
}

/**
 * Bounds the processes of a running sandbox. It has to happen after its user namespace was made: set before, the
 * limit would count every process of the user.
 *
 * @param most processes and threads at one time
 * @param as the user the sandbox runs as; `undefined` for the caller. Only that user may, for root in a container
 *   often lacks the capability.
 * @throws WorkbenchError `PW-SANDBOX-START`
 */
export async function limitProcesses(
  prlimit: string,
  pid: number,
  most: number,
  as: number | undefined,
): Promise<void> {
  const args = ['--pid', `${pid}`, `--nproc=${most}:${most}`];
  try {
    await promisify(execFile)(prlimit, args, {
      env: {},
      cwd: '/',
      ...(as === undefined ? {} : { uid: as, gid: as }),
    });
  } catch (cause) {
    // A program that is over already needs no limit.
    if (!isRunning(pid)) return;
    throw new WorkbenchError(
      'PW-SANDBOX-START',
      `The number of processes can't be limited: ${messageOf(cause)}`,
      {
        nextStep: 'Check that prlimit (util-linux) works: prlimit --nproc=256:256 true',
        cause,
      },
    );
  }
}

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'));
  } catch {
    return false;
  }
}
