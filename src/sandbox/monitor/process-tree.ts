import { readdirSync, readFileSync } from 'node:fs';
import type { Disposable } from '../../base/index.ts';
import type { ProcessCounts, ProcessReadout, ProcessSample } from '../port.ts';
import { openProcess, type ProcReader } from './proc-reader.ts';

/** A process and all that descend from it, seen as one. */
export interface ProcessTree extends Disposable {
  /** Looks for processes that have come since. Dear: every thread of every process is asked for its children. */
  refresh(): void;
  /** Sums; `undefined` once the first process is gone. */
  sample(): ProcessSample | undefined;
  counts(): ProcessCounts;
  readout(): ProcessReadout | undefined;
  /** Kills every process known, the first one first. */
  kill(): void;
}

/** In the sandbox the first process is number 1 of its namespace and inherits every orphan, so none gets out of sight. */
export function openProcessTree(rootPid: number): ProcessTree {
  const readers = new Map<number, ProcReader>();
  add(rootPid);

  function add(pid: number): void {
    const reader = readers.has(pid) ? undefined : openProcess(pid);
    if (reader !== undefined) readers.set(pid, reader);
  }

  function drop(pid: number): void {
    readers.get(pid)?.dispose();
    readers.delete(pid);
  }

  function sumOf<T extends ProcessSample>(look: (reader: ProcReader) => T | undefined): T | undefined {
    let sum: Record<string, number> | undefined;
    for (const [pid, reader] of readers) {
      const one = look(reader) as Record<string, number> | undefined;
      if (one === undefined) drop(pid);
      else sum = sum === undefined ? { ...one } : added(sum, one);
    }
    return readers.has(rootPid) ? (sum as T | undefined) : undefined;
  }

  const connectionsOf = (): number => readers.get(rootPid)?.counts().connections ?? 0;

  return {
    refresh: () => {
      for (const pid of descendantsOf(rootPid)) add(pid);
    },
    sample: () => sumOf(reader => reader.sample()),
    counts: () => {
      const all = [...readers.values()].map(reader => reader.counts());
      const total = (name: keyof ProcessCounts): number => all.reduce((sum, one) => sum + one[name], 0);
      return { fileHandles: total('fileHandles'), processes: all.length, connections: connectionsOf() };
    },
    readout: () => {
      const connections = connectionsOf();
      const sum = sumOf(reader => reader.readout());
      return sum && { ...sum, connections };
    },
    kill: () => {
      for (const [pid, reader] of readers) {
        if (reader.sample() !== undefined) killQuietly(pid);
      }
    },
    dispose: () => {
      for (const pid of [...readers.keys()]) drop(pid);
    },
  };
}

function added(sum: Record<string, number>, one: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(sum).map(([key, value]) => [key, value + (one[key] ?? 0)]));
}

function descendantsOf(rootPid: number): number[] {
  const found: number[] = [];
  const pending = [rootPid];
  for (let pid = pending.pop(); pid !== undefined; pid = pending.pop()) {
    const children = childrenOf(pid);
    found.push(...children);
    pending.push(...children);
  }
  return found;
}

function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap(thread =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'latin1').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    // Ended while it was looked at; what it started shows up under its new parent the next time.
    return [];
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}
