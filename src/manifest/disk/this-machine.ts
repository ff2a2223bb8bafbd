import type { Machine } from '../index.ts';
import type { InstalledRuntimes } from './runtimes/index.ts';

/**
 * The machine this process runs on, as far as it is known without starting anything.
 *
 * @param runtimes what was found out about its runtimes; none is judged without
 */
export function thisMachine(runtimes: InstalledRuntimes = {}): Machine {
  return { platform: process.platform, architecture: process.arch, runtimes };
}
