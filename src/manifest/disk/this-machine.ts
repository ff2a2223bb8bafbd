import type { Machine } from '../index.ts';

/** The machine this process runs on, as far as it is known without starting anything. */
export function thisMachine(): Machine {
  return { platform: process.platform, architecture: process.arch };
}
