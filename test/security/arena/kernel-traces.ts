import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Kinds of open files that only a system call gives which a plugin must not make. */
const forbiddenFiles = /io_uring|bpf|userfaultfd|perf_event|fanotify|memfd:|secretmem|mount|seccomp/;

/** What the kernel says about a process: the namespaces of its threads, its mounts, special files it has open. */
export function kernelTraces(pid: number): ReadonlySet<string> {
  const found = new Set<string>();
  const of = (folder: string): string[] => {
    try {
      return readdirSync(`/proc/${pid}/${folder}`);
    } catch {
      return [];
    }
  };
  const link = (file: string): string | undefined => {
    try {
      return readlinkSync(`/proc/${pid}/${file}`);
    } catch {
      // A thread, or a descriptor, that has gone meanwhile.
      return undefined;
    }
  };
  for (const thread of of('task')) {
    for (const name of of(`task/${thread}/ns`)) {
      const namespace = link(`task/${thread}/ns/${name}`);
      if (namespace !== undefined) found.add(`the namespace ${name} ${namespace}`);
    }
  }
  for (const fd of of('fd')) {
    const file = link(`fd/${fd}`);
    if (file !== undefined && forbiddenFiles.test(file)) found.add(`the open file ${file}`);
  }
  try {
    for (const line of readFileSync(`/proc/${pid}/mountinfo`, 'utf8').split('\n'))
      found.add(`the mount ${line}`);
  } catch {
    // It has ended.
  }
  return found;
}

/** The identity of the world a process lives in; undefined when it is gone. */
export function pidNamespaceOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return undefined;
  }
}

/** How many processes, as the host sees them, live in a namespace. */
export function inhabitantsOf(pidNamespace: string): number {
  return readdirSync('/proc').filter(
    name => /^\d+$/.test(name) && pidNamespaceOf(Number(name)) === pidNamespace,
  ).length;
}
