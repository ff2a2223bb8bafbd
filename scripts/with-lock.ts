import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Whether the process that wrote the lock is still there. */
async function isHeld(lockFile: string): Promise<boolean> {
  const pid = Number(await readFile(lockFile, 'utf8').catch(() => '0'));
  // A lock that is being written is empty for a moment: held. One that is gone is not.
  if (!Number.isInteger(pid) || pid <= 0) return pid === 0;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function acquire(lockFile: string, onWait: () => void): Promise<void> {
  let told = false;
  for (;;) {
    try {
      await writeFile(lockFile, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    if (!(await isHeld(lockFile))) {
      await rm(lockFile, { force: true });
      continue;
    }
    if (!told) onWait();
    told = true;
    await sleep(200);
  }
}

/**
 * Does some work that only one process of this machine may do at a time.
 *
 * @param lockFile holds the id of the process at work; a lock whose process has died is taken over
 * @param onWait called once when another process is at work
 */
export async function withLock<T>(lockFile: string, work: () => Promise<T>, onWait: () => void): Promise<T> {
  await mkdir(dirname(lockFile), { recursive: true });
  await acquire(lockFile, onWait);
  try {
    return await work();
  } finally {
    await rm(lockFile, { force: true });
  }
}
