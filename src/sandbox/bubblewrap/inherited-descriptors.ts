import { readdirSync, readFileSync } from 'node:fs';

const closeOnExec = 0o2000000;

/**
 * The descriptors of this process, from `from` upwards, that a program it starts would inherit.
 *
 * Node closes what it opens itself, but not what it was given by whoever started it (a shell, a CI runner, a native
 * add-on); left alone, those would reach the plugin.
 */
export function findInheritedDescriptors(from: number): number[] {
  return readdirSync('/proc/self/fd')
    .map(Number)
    .filter(fd => fd >= from && survivesExec(fd))
    .sort((a, b) => a - b);
}

function survivesExec(fd: number): boolean {
  let info: string;
  try {
    info = readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1');
  } catch {
    // The descriptor the listing itself used.
    return false;
  }
  const flags = /^flags:\s*([0-7]+)/m.exec(info)?.[1];
  return flags === undefined || (Number.parseInt(flags, 8) & closeOnExec) === 0;
}
