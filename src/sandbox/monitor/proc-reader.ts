import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import type { Disposable } from '../../base/index.ts';
import type { ProcessReadout, ProcessSample } from '../port.ts';
import { readText } from './read-text.ts';

/** Reads one process. Its handles belong to that process for good: a number used again reads as gone. */
export interface ProcReader extends Disposable {
  /**
   * Bytes in memory, and so at least its `anonymousBytes` that are not swapped out; `undefined` once it is gone. A
   * tenth of the price of a sample.
   */
  resident(): number | undefined;
  /** `undefined` once the process is gone. */
  sample(): ProcessSample | undefined;
  fileHandles(): number;
  /** Established TCP connections in its network namespace. */
  connections(): number;
  /** What is its own; the connections belong to the namespace. */
  readout(): Omit<ProcessReadout, 'connections'> | undefined;
}

const tickMs = 10; // USER_HZ is 100 on every architecture Node runs on.

/** Less than that a process may have grown or shrunk, and its private memory counts as unchanged. */
const noticeableBytes = 256 * 1024;

/**
 * Opens the process; `undefined` when there is none. Costs about 25 µs a sample.
 *
 * @param pageBytes size of a page of memory
 * @param buffer for everything that is read; it may be shared
 */
export function openProcess(pid: number, pageBytes: number, buffer: Buffer): ProcReader | undefined {
  const handles: number[] = [];
  const open = (name: string): number => {
    const fd = openSync(`/proc/${pid}/${name}`, 'r');
    handles.push(fd);
    return fd;
  };
  const read = (fd: number): string =>
    buffer.toString('latin1', 0, readSync(fd, buffer, 0, buffer.length, 0));
  const dispose = (): void => {
    for (const fd of handles.splice(0)) closeSync(fd);
  };
  let status: number;
  let stat: number;
  let statm: number;
  // The kernel walks through all pages for it, which takes milliseconds.
  let lastPrivate: (Pick<ProcessSample, 'residentBytes' | 'anonymousBytes'> & { bytes: number }) | undefined;
  try {
    statm = open('statm');
    status = open('status');
    stat = open('stat');
  } catch {
    dispose();
    return undefined;
  }

  function resident(): number | undefined {
    if (handles.length === 0) return undefined;
    try {
      const text = read(statm);
      // A zombie has none.
      return Number.parseInt(text.slice(text.indexOf(' ')), 10) * pageBytes || undefined;
    } catch {
      return undefined;
    }
  }

  function sample(): ProcessSample | undefined {
    if (handles.length === 0) return undefined;
    try {
      const memory = read(status);
      // A zombie has no memory lines left.
      if (!memory.includes('VmRSS:')) return undefined;
      return {
        residentBytes: kilobytesIn(memory, 'VmRSS') * 1024,
        anonymousBytes:
          (kilobytesIn(memory, 'RssAnon') + kilobytesIn(memory, 'RssShmem') + kilobytesIn(memory, 'VmSwap')) *
          1024,
        cpuMs: cpuTicksIn(read(stat)) * tickMs,
      };
    } catch {
      return undefined;
    }
  }

  const text = (name: string): string => readText(`/proc/${pid}/${name}`, buffer);
  /** For the table the kernel walks through all sockets of the machine, so it is asked only where there are some. */
  const connectionsIn = (protocol: string, summary: string, table: string): number =>
    socketsInUse(text(summary), protocol) > 0 ? countConnections(text(table)) : 0;
  const connections = (): number =>
    connectionsIn('TCP', 'net/sockstat', 'net/tcp') + connectionsIn('TCP6', 'net/sockstat6', 'net/tcp6');
  const fileHandles = (): number => countFileHandles(pid);

  function privateBytes({ residentBytes, anonymousBytes }: ProcessSample): number {
    const isAsBefore =
      lastPrivate !== undefined &&
      Math.abs(residentBytes - lastPrivate.residentBytes) < noticeableBytes &&
      Math.abs(anonymousBytes - lastPrivate.anonymousBytes) < noticeableBytes;
    if (!isAsBefore) {
      const memory = text('smaps_rollup');
      // Not Private_Clean: the program's own file would count for whichever process is the only one to run it, and
      // 30 MB would come and go with a neighbour.
      const bytes = (kilobytesIn(memory, 'Private_Dirty') + kilobytesIn(memory, 'SwapPss')) * 1024;
      lastPrivate = { residentBytes, anonymousBytes, bytes };
    }
    return lastPrivate?.bytes ?? 0;
  }

  function readout(): Omit<ProcessReadout, 'connections'> | undefined {
    const cheap = sample();
    if (cheap === undefined) return undefined;
    const disk = text('io');
    return {
      ...cheap,
      fileHandles: fileHandles(),
      processes: 1,
      privateBytes: privateBytes(cheap),
      diskReadBytes: numberIn(disk, 'read_bytes'),
      diskWriteBytes: numberIn(disk, 'write_bytes'),
    };
  }

  return { resident, sample, fileHandles, connections, readout, dispose };
}

/** Finds `Name:   123` where a line begins with it; 0 when there is no such line. Much cheaper than a pattern. */
function numberIn(text: string, name: string): number {
  const at = text.startsWith(`${name}:`) ? 0 : text.indexOf(`\n${name}:`) + 1;
  if (at === 0 && !text.startsWith(`${name}:`)) return 0;
  return Number.parseInt(text.slice(at + name.length + 1, at + name.length + 25), 10) || 0;
}

const kilobytesIn = numberIn;

/** utime, stime, and those of children that ended and were waited for, which no other process counts. */
function cpuTicksIn(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index] ?? 0), 0);
}

/** What `/proc/net/sockstat` says of a protocol: `TCP: inuse 5 orphan 0 …`. */
function socketsInUse(summary: string, protocol: string): number {
  const line = summary.split('\n').find(text => text.startsWith(`${protocol}: inuse `));
  return Number(line?.split(' ')[2] ?? 0);
}

/** Lines of `/proc/net/tcp` in the state ESTABLISHED (01). */
function countConnections(table: string): number {
  return table.split('\n').filter(line => line.trim().split(/\s+/)[3] === '01').length;
}

function countFileHandles(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}
