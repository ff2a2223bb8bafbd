import { randomUUID } from 'node:crypto';
import { lstat, opendir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type BuildUse, readUse } from './use-marks.ts';

const DAY_MS = 24 * 60 * 60_000;

/** How much of what can be built anew is kept. What is in use always is. */
export interface SweepLimits {
  /** Of a plugin whose folder is gone, in milliseconds since it was last used: it may come back with another branch. */
  readonly goneMs: number;
  /** Of any plugin. */
  readonly unusedMs: number;
  /** All together; beyond it the one unused for longest goes first, those of plugins that are gone before all others. */
  readonly maxBytes: number;
  /** A sweep that comes sooner after the one before does nothing, in milliseconds. */
  readonly everyMs: number;
}

const defaultSweepLimits: SweepLimits = {
  goneMs: 7 * DAY_MS,
  unusedMs: 60 * DAY_MS,
  maxBytes: 8 * 1024 ** 3,
  everyMs: DAY_MS,
};

interface Kept extends BuildUse {
  readonly folder: string;
  readonly gone: boolean;
}

/** The beginning of the name of a folder that is about to be removed. */
const DOOMED = '.swept-';

/**
 * Removes builds that nobody needs any more from the folder of all builds. Hosts may sweep at the same time and go on
 * building: what a living process has asked for stays.
 *
 * @param root as for `createBuilds`; it need not exist
 * @returns how many plugins' builds were removed
 */
export async function sweepBuilds(
  root: string,
  signal: AbortSignal,
  limits: Partial<SweepLimits> = {},
): Promise<number> {
  const bounds = { ...defaultSweepLimits, ...limits };
  const now = Date.now();
  if (!(await isDue(path.join(root, 'swept'), now - bounds.everyMs))) return 0;
  let removed = 0;
  const rest: Kept[] = [];
  for (const one of await listBuilds(root)) {
    if (signal.aborted) return removed;
    const unused = now - one.usedAt;
    const over = !one.inUse && unused > (one.gone ? bounds.goneMs : bounds.unusedMs);
    if (over && (await remove(one))) removed++;
    else rest.push(one);
  }
  return removed + (await shrink(rest, bounds.maxBytes, signal));
}

/** True once in a while; false where there are no builds yet. */
async function isDue(stamp: string, before: number): Promise<boolean> {
  const last = await stat(stamp).catch(() => undefined);
  if (last !== undefined && last.mtimeMs > before) return false;
  const now = new Date();
  try {
    if (last === undefined) await writeFile(stamp, '');
    else await utimes(stamp, now, now);
    return true;
  } catch {
    return false;
  }
}

async function listBuilds(root: string): Promise<Kept[]> {
  const found: Kept[] = [];
  for (const language of await namesIn(root)) {
    const plugins = path.join(root, language, 'plugins');
    for (const name of await namesIn(plugins)) {
      const folder = path.join(plugins, name);
      // What an earlier sweep did not get done.
      if (name.startsWith(DOOMED)) await rm(folder, { recursive: true, force: true }).catch(() => {});
      else {
        const use = await readUse(folder).catch(() => undefined);
        if (use) found.push({ ...use, folder, gone: await isGone(use.pluginDir) });
      }
    }
  }
  return found;
}

/** Only what is certainly not there is gone. */
async function isGone(pluginDir: string | undefined): Promise<boolean> {
  if (pluginDir === undefined) return false;
  return stat(pluginDir).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT' || error.code === 'ENOTDIR',
  );
}

/** Removes until no more than so many bytes are left, or only what is in use. */
async function shrink(kept: readonly Kept[], maxBytes: number, signal: AbortSignal): Promise<number> {
  const sized: (Kept & { readonly bytes: number })[] = [];
  for (const one of kept) sized.push({ ...one, bytes: await measure(one.folder, signal) });
  let total = sized.reduce((sum, { bytes }) => sum + bytes, 0);
  let removed = 0;
  for (const one of sized.sort((a, b) => Number(b.gone) - Number(a.gone) || a.usedAt - b.usedAt)) {
    if (total <= maxBytes || signal.aborted) break;
    if (one.inUse || !(await remove(one))) continue;
    total -= one.bytes;
    removed++;
  }
  return removed;
}

/** False when somebody has begun to use it meanwhile, or it can't be moved. */
async function remove({ folder, usedAt }: Kept): Promise<boolean> {
  // Out of the way in one step first: nobody finds half of it.
  const doomed = path.join(path.dirname(folder), `${DOOMED}${randomUUID()}`);
  try {
    await rename(folder, doomed);
    const use = await readUse(doomed);
    if (use.inUse || use.usedAt !== usedAt) {
      await rename(doomed, folder);
      return false;
    }
    await rm(doomed, { recursive: true, force: true });
    return true;
  } catch {
    return false;
  }
}

async function measure(folder: string, signal: AbortSignal): Promise<number> {
  const pending = [folder];
  let bytes = 0;
  for (let next = pending.pop(); next !== undefined && !signal.aborted; next = pending.pop()) {
    const entries = await opendir(next).catch(() => undefined);
    if (entries === undefined) continue;
    for await (const entry of entries) {
      const file = path.join(next, entry.name);
      if (entry.isDirectory()) pending.push(file);
      else bytes += ((await lstat(file).catch(() => undefined))?.blocks ?? 0) * 512;
    }
  }
  return bytes;
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter(entry => entry.isDirectory()).map(({ name }) => name);
}
