import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';

/** What is known of the folder in which a plugin's builds are kept. */
export interface BuildUse {
  /** Real path of the plugin's folder; `undefined` for a folder that says nothing of it. */
  readonly pluginDir: string | undefined;
  /** When a host last asked for it; milliseconds since the epoch. */
  readonly usedAt: number;
  /** True while a process lives that has asked for it. */
  readonly inUse: boolean;
}

const owner = v.pipe(v.string(), v.parseJson(), v.object({ dir: v.string() }));

/**
 * Says that this process uses the folder, until it ends, and whose it is. Steps of builds write in folders below it,
 * never in the folder itself.
 *
 * @param own the folder of one plugin's builds; it exists
 */
export async function markUsed(own: string, pluginDir: string): Promise<void> {
  const about = path.join(own, 'owner.json');
  const users = path.join(own, 'users');
  await mkdir(users, { recursive: true });
  await writeFile(path.join(users, `${process.pid}`), (await beginOf(process.pid)) ?? '');
  const known = await readFile(about, 'utf8').catch(() => '');
  const text = JSON.stringify({ dir: pluginDir });
  if (known !== text) await writeFile(about, text);
  const now = new Date();
  await utimes(about, now, now);
}

/** Reads what {@link markUsed} wrote, and takes away the marks of processes that have ended. */
export async function readUse(own: string): Promise<BuildUse> {
  const file = path.join(own, 'owner.json');
  const about = v.safeParse(owner, await readFile(file, 'utf8').catch(() => ''));
  const { mtimeMs } = await stat(about.success ? file : own);
  return {
    pluginDir: about.success ? about.output.dir : undefined,
    usedAt: mtimeMs,
    inUse: await isInUse(path.join(own, 'users')),
  };
}

async function isInUse(users: string): Promise<boolean> {
  let alive = false;
  for (const name of await readdir(users).catch(() => [])) {
    const mark = path.join(users, name);
    const begin = await readFile(mark, 'utf8').catch(() => undefined);
    if (begin !== undefined && (await beginOf(Number(name))) === begin) alive = true;
    else await rm(mark, { force: true });
  }
  return alive;
}

/**
 * When a process began, in words of the system, so that another one of the same number is told apart; an empty text where
 * the system does not say. `undefined` when there is none.
 */
async function beginOf(pid: number): Promise<string | undefined> {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // One that may not be signalled is there all the same.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined;
  }
  const text = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  // The name, in parentheses, may hold anything; the 22nd field of all is the 20th after it.
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}
