import { accessSync, constants, mkdirSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a control group can hold. */
export type Controller = 'memory' | 'cpu' | 'pids';

/** A folder of the control group file system in which this process may make groups. */
export interface GroupParent {
  readonly version: 1 | 2;
  readonly folder: string;
  readonly controllers: readonly Controller[];
}

const wanted: readonly Controller[] = ['memory', 'cpu', 'pids'];

/** The files of `/proc` the search goes by; replaced in tests. */
export interface GroupFacts {
  /** `/proc/self/cgroup` */
  readonly membership: string;
  /** `/proc/self/mountinfo` */
  readonly mounts: string;
}

/**
 * Looks for the places where this process may make groups: one for all controllers where they are unified (version
 * 2), else one for each. Each is tried by making a group and removing it.
 */
export function findGroupParents(facts: GroupFacts = readFacts()): readonly GroupParent[] {
  const unified = findUnified(facts);
  if (unified !== undefined) return [unified];
  return wanted.flatMap(controller => {
    const folder = ownFolder(facts, 'cgroup', controller);
    return folder !== undefined && mayMakeGroups(folder)
      ? [{ version: 1, folder, controllers: [controller] }]
      : [];
  });
}

/** The nearest group above this process that shares its controllers with its children and was delegated to this user. */
function findUnified(facts: GroupFacts): GroupParent | undefined {
  const own = ownFolder(facts, 'cgroup2', undefined);
  const root = mountOf(facts, 'cgroup2', undefined)?.folder;
  if (own === undefined || root === undefined) return undefined;
  for (let folder = own; folder.startsWith(root); folder = dirname(folder)) {
    const shared = wordsIn(join(folder, 'cgroup.subtree_control'));
    const controllers = wanted.filter(controller => shared.includes(controller));
    if (controllers.length > 0 && mayMakeGroups(folder)) return { version: 2, folder, controllers };
  }
  return undefined;
}

function ownFolder(
  facts: GroupFacts,
  type: 'cgroup' | 'cgroup2',
  controller: Controller | undefined,
): string | undefined {
  const mount = mountOf(facts, type, controller);
  const line = facts.membership
    .split('\n')
    .map(text => /^(\d+):([^:]*):(.*)$/.exec(text))
    .find(match =>
      controller === undefined ? match?.[1] === '0' : match?.[2]?.split(',').includes(controller),
    );
  const path = line?.[3];
  if (mount === undefined || path === undefined) return undefined;
  // In a container the mount may show a part of the tree only.
  return join(
    mount.folder,
    mount.root !== '/' && path.startsWith(mount.root) ? path.slice(mount.root.length) : path,
  );
}

function mountOf(
  { mounts }: GroupFacts,
  type: 'cgroup' | 'cgroup2',
  controller: Controller | undefined,
): { readonly root: string; readonly folder: string } | undefined {
  for (const line of mounts.split('\n')) {
    const [before = '', after = ''] = line.split(' - ');
    const [, , , root, folder] = before.split(' ');
    const [kind, , options = ''] = after.split(' ');
    if (root === undefined || folder === undefined || kind !== type) continue;
    if (controller === undefined || options.split(',').includes(controller)) return { root, folder };
  }
  return undefined;
}

function mayMakeGroups(folder: string): boolean {
  const tried = join(folder, `plugin-workbench-${process.pid}-try`);
  try {
    accessSync(join(folder, 'cgroup.procs'), constants.W_OK);
    mkdirSync(tried);
    rmdirSync(tried);
    return true;
  } catch {
    return false;
  }
}

/** Removes the groups of workbenches that were killed. A group with a process in it can't be removed, and stays. */
export function removeLeftGroups(parent: GroupParent): void {
  for (const name of readdirSync(parent.folder)) {
    const pid = /^plugin-workbench-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    try {
      rmdirSync(join(parent.folder, name));
    } catch {
      // Still in use, or somebody else was quicker.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function wordsIn(file: string): readonly string[] {
  try {
    return readFileSync(file, 'latin1').trim().split(/\s+/);
  } catch {
    return [];
  }
}

function readFacts(): GroupFacts {
  try {
    return {
      membership: readFileSync('/proc/self/cgroup', 'latin1'),
      mounts: readFileSync('/proc/self/mountinfo', 'latin1'),
    };
  } catch {
    return { membership: '', mounts: '' };
  }
}
