import { readdirSync, readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What this process holds on to outside of its own memory. Linux only. */
export interface Traces {
  /** Its descendants. */
  readonly processes: number;
  readonly descriptors: number;
  /** Files and folders in the folder for temporary ones, which has to be its own. */
  readonly temporary: number;
  readonly controlGroups: number;
  /** Files and folders of its shared memory. */
  readonly shared: number;
}

/** Counts them now. */
export function readTraces(temporaryFolder: string): Traces {
  const own = `plugin-workbench-${process.pid}-`;
  return {
    processes: descendants(),
    descriptors: list('/proc/self/fd').length,
    temporary: list(temporaryFolder).length,
    controlGroups: listAll('/sys/fs/cgroup').filter(name => name.split('/').at(-1)?.startsWith(own)).length,
    shared: listAll('/dev/shm').filter(name => name.includes(`-${process.pid}-`)).length,
  };
}

/** The bytes of the heap that are in use after a collection. */
export function readHeap(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

function descendants(): number {
  const parents = new Map<number, number>();
  for (const name of list('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = parentOf(name);
    if (parent !== undefined) parents.set(Number(name), parent);
  }
  const isOurs = (pid: number | undefined): boolean =>
    pid !== undefined && (pid === process.pid || isOurs(parents.get(pid)));
  return [...parents.values()].filter(isOurs).length;
}

function parentOf(pid: string): number | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function listAll(folder: string): string[] {
  const found: string[] = [];
  const walk = (under: string): void => {
    let entries: ReturnType<typeof readEntries>;
    try {
      entries = readEntries(under);
    } catch {
      // It went while we looked.
      return;
    }
    for (const entry of entries) {
      const path = `${under}/${entry.name}`;
      found.push(path);
      if (entry.isDirectory()) walk(path);
    }
  };
  walk(folder);
  return found;
}

function readEntries(folder: string) {
  return readdirSync(folder, { withFileTypes: true });
}
