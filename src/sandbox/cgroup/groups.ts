import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Controller, findGroupParents, type GroupParent, removeLeftGroups } from './hierarchy.ts';

/** Ceilings the kernel is to hold. */
export interface GroupLimits {
  readonly memoryBytes: number;
  /** 100 is one whole core. */
  readonly cpuPercent: number;
  /** Processes and threads. */
  readonly processes: number;
}

/** One set of processes with ceilings of its own. */
export interface ControlGroup {
  /** Takes a process in; what it starts later is in, too. */
  add(pid: number): void;
  /** From now on the processes get no more processor time than the limit says. */
  throttle(): void;
  /** True when the kernel killed a process of the group for want of memory. */
  ranOutOfMemory(): boolean;
  /** Removes the group once its processes are gone; gives up after two seconds. Never rejects. */
  remove(): Promise<void>;
}

/** The control groups of this machine, as far as this process may use them. */
export interface ControlGroups {
  /** What a group holds here. */
  readonly holds: ReadonlySet<Controller>;
  /** Makes a group; `undefined` when the kernel refuses after all. */
  create(limits: GroupLimits): ControlGroup | undefined;
}

/** Length of the window in which processor time is counted, in microseconds. */
const periodUs = 100_000;

/** Finds where groups can be made, and clears away what killed workbenches left there. */
export function findControlGroups(parents = findGroupParents()): ControlGroups {
  parents.forEach(removeLeftGroups);
  let made = 0;
  return {
    holds: new Set(parents.flatMap(parent => parent.controllers)),
    create: limits => {
      const name = `plugin-workbench-${process.pid}-${++made}`;
      return parents.length > 0 ? createGroup(parents, name, limits) : undefined;
    },
  };
}

function createGroup(
  parents: readonly GroupParent[],
  name: string,
  limits: GroupLimits,
): ControlGroup | undefined {
  const folders = parents.map(parent => ({ parent, folder: join(parent.folder, name) }));
  const settings = folders.flatMap(({ parent, folder }) =>
    parent.controllers.flatMap(controller =>
      settingsOf(parent.version, controller, limits).map(one => ({ ...one, folder })),
    ),
  );
  try {
    for (const { folder } of folders) mkdirSync(folder);
    for (const { folder, file, value, optional } of settings.filter(one => !one.later)) {
      set(join(folder, file), value, optional);
    }
  } catch {
    for (const { folder } of folders) removeNow(folder);
    return undefined;
  }
  return {
    add: pid => {
      for (const { folder } of folders) writeFileSync(join(folder, 'cgroup.procs'), `${pid}`);
    },
    throttle: () => {
      for (const { folder, file, value } of settings.filter(one => one.later))
        set(join(folder, file), value, true);
    },
    ranOutOfMemory: () =>
      folders.some(({ parent, folder }) => {
        if (!parent.controllers.includes('memory')) return false;
        return countIn(join(folder, parent.version === 2 ? 'memory.events' : 'memory.oom_control')) > 0;
      }),
    remove: async () => {
      for (const { folder } of folders) {
        for (let tries = 0; tries < 40 && !removeNow(folder); tries++)
          await delay(50, undefined, { ref: false });
      }
    },
  };
}

interface Setting {
  readonly file: string;
  readonly value: string;
  /** Not there on every kernel. */
  readonly optional?: boolean;
  /** Set when the group is throttled. */
  readonly later?: boolean;
}

function settingsOf(version: 1 | 2, controller: Controller, limits: GroupLimits): readonly Setting[] {
  const quota = Math.max(1000, Math.round((limits.cpuPercent / 100) * periodUs));
  const bytes = `${Math.ceil(limits.memoryBytes)}`;
  switch (controller) {
    case 'memory':
      return version === 2
        ? [
            { file: 'memory.max', value: bytes },
            { file: 'memory.swap.max', value: '0', optional: true },
            { file: 'memory.oom.group', value: '1', optional: true },
          ]
        : [
            { file: 'memory.limit_in_bytes', value: bytes },
            { file: 'memory.memsw.limit_in_bytes', value: bytes, optional: true },
          ];
    case 'pids':
      return [{ file: 'pids.max', value: `${limits.processes}` }];
    case 'cpu':
      return version === 2
        ? [{ file: 'cpu.max', value: `${quota} ${periodUs}`, later: true }]
        : [
            { file: 'cpu.cfs_period_us', value: `${periodUs}`, later: true },
            { file: 'cpu.cfs_quota_us', value: `${quota}`, later: true },
          ];
  }
}

function set(file: string, value: string, optional = false): void {
  try {
    writeFileSync(file, value);
  } catch (error) {
    if (!optional) throw error;
  }
}

function countIn(file: string): number {
  try {
    return Number(/^oom_kill (\d+)$/m.exec(readFileSync(file, 'latin1'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** True when the group is gone. */
function removeNow(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}
