import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * The ids of the processes that work in a folder or name it on their command line: a plugin's own, one that stands by
 * for its reload, and the sandbox around them. Linux only: else none.
 */
export function processesOf(folder: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(name => read(() => isOf(name, folder)) ?? false)
    .map(Number);
}

function isOf(pid: string, folder: string): boolean {
  if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)) return true;
  return readlinkSync(`/proc/${pid}/cwd`) === folder;
}

/** Undefined when the process has ended meanwhile, or is not ours to look at. */
function read<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
