import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import type { Disposable } from '../../base/index.ts';
import type { ProcessCounts, ProcessReadout, ProcessSample } from '../port.ts';

/** Reads one process. Its handles belong to that process for good: a number used again reads as gone. */
export interface ProcReader extends Disposable {
  /** `undefined` once the process is gone. */
  sample(): ProcessSample | undefined;
  counts(): ProcessCounts;
  readout(): ProcessReadout | undefined;
}

const tickMs = 10; // USER_HZ is 100 on every architecture Node runs on.

/** Opens the process; `undefined` when there is none. Costs about 25 µs a sample. */
export function openProcess(pid: number): ProcReader | undefined {
  const handles: number[] = [];
  const buffer = Buffer.allocUnsafe(8192);
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
  try {
    status = open('status');
    stat = open('stat');
  } catch {
    dispose();
    return undefined;
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

  const text = (name: string): string => readOrEmpty(`/proc/${pid}/${name}`);
  /** For the table the kernel walks through all sockets of the machine, so it is asked only where there are some. */
  const connectionsIn = (protocol: string, summary: string, table: string): number =>
    socketsInUse(text(summary), protocol) > 0 ? countConnections(text(table)) : 0;
  const counts = (): ProcessCounts => ({
    fileHandles: countFileHandles(pid),
    processes: 1,
    // Those of the whole namespace; the tree takes the first process's word for all.
    connections:
      connectionsIn('TCP', 'net/sockstat', 'net/tcp') + connectionsIn('TCP6', 'net/sockstat6', 'net/tcp6'),
  });

  function readout(): ProcessReadout | undefined {
    const cheap = sample();
    if (cheap === undefined) return undefined;
    const memory = text('smaps_rollup');
    const disk = text('io');
    return {
      ...cheap,
      ...counts(),
      // Not Private_Clean: the program's own file would count for whichever process is the only one to run it, and
      // 30 MB would come and go with a neighbour.
      privateBytes: (kilobytesIn(memory, 'Private_Dirty') + kilobytesIn(memory, 'SwapPss')) * 1024,
      diskReadBytes: numberIn(disk, 'read_bytes'),
      diskWriteBytes: numberIn(disk, 'write_bytes'),
    };
  }

  return { sample, counts, readout, dispose };
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

/** A process that raised its own protection, or that is just ending, can't be looked into. */
function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
