import { readdirSync } from 'node:fs';
import type { Disposable } from '../../base/index.ts';
import type { ProcessCounts, ProcessReadout, ProcessSample } from '../port.ts';
import { readPageBytes } from './page-bytes.ts';
import { openProcess, type ProcReader } from './proc-reader.ts';
import { readText } from './read-text.ts';

/** A process and all that descend from it, seen as one. */
export interface ProcessTree extends Disposable {
  /**
   * Looks for processes that have come since. Dear where some process of the machine has come: every thread of every
   * process is then asked for its children.
   */
  refresh(): void;
  /** Bytes in memory of all; `undefined` once the first process is gone. */
  resident(): number | undefined;
  /** Sums; `undefined` once the first process is gone. */
  sample(): ProcessSample | undefined;
  counts(): ProcessCounts;
  readout(): ProcessReadout | undefined;
  /** Kills every process known, the first one first. */
  kill(): void;
}

/** How long a count of connections is good for, in milliseconds: two readers a second are not to count twice. */
const connectionsMs = 900;

/** In the sandbox the first process is number 1 of its namespace and inherits every orphan, so none gets out of sight. */
export function openProcessTree(rootPid: number): ProcessTree {
  const readers = new Map<number, ProcReader>();
  const pageBytes = readPageBytes();
  const buffer = Buffer.allocUnsafeSlow(8192);
  let newest: string | undefined;
  let counted: { readonly at: number; readonly connections: number } | undefined;
  add(rootPid);

  function add(pid: number): void {
    const reader = readers.has(pid) ? undefined : openProcess(pid, pageBytes, buffer);
    if (reader !== undefined) readers.set(pid, reader);
  }

  function drop(pid: number): void {
    readers.get(pid)?.dispose();
    readers.delete(pid);
  }

  function sumOf<T extends object>(look: (reader: ProcReader) => T | undefined): T | undefined {
    let sum: Record<string, number> | undefined;
    for (const [pid, reader] of readers) {
      const one = look(reader) as Record<string, number> | undefined;
      if (one === undefined) drop(pid);
      else sum = sum === undefined ? { ...one } : added(sum, one);
    }
    return readers.has(rootPid) ? (sum as T | undefined) : undefined;
  }

  /** Those of the whole namespace: the first process's word goes for all. */
  function connections(): number {
    const now = performance.now();
    if (counted === undefined || now - counted.at > connectionsMs) {
      counted = { at: now, connections: readers.get(rootPid)?.connections() ?? 0 };
    }
    return counted.connections;
  }

  return {
    refresh: () => {
      // The number the kernel gave out last, to whatever process or thread: while it stays, none has come.
      const now = readText('/proc/loadavg', buffer).trim().split(' ').at(-1);
      if (now !== '' && now === newest) return;
      newest = now;
      for (const pid of descendantsOf(rootPid, buffer)) add(pid);
    },
    resident: () => {
      let sum = 0;
      for (const [pid, reader] of readers) {
        const one = reader.resident();
        if (one === undefined) drop(pid);
        else sum += one;
      }
      return readers.has(rootPid) ? sum : undefined;
    },
    sample: () => sumOf(reader => reader.sample()),
    counts: () => {
      const fileHandles = [...readers.values()].reduce((sum, reader) => sum + reader.fileHandles(), 0);
      return { fileHandles, processes: readers.size, connections: connections() };
    },
    readout: () => {
      const sum = sumOf(reader => reader.readout());
      return sum && { ...sum, connections: connections() };
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

function descendantsOf(rootPid: number, buffer: Buffer): number[] {
  const found: number[] = [];
  const pending = [rootPid];
  for (let pid = pending.pop(); pid !== undefined; pid = pending.pop()) {
    const children = childrenOf(pid, buffer);
    found.push(...children);
    pending.push(...children);
  }
  return found;
}

function childrenOf(pid: number, buffer: Buffer): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap(thread =>
      readText(`/proc/${pid}/task/${thread}/children`, buffer).split(' ').filter(Boolean).map(Number),
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
