import { createBubblewrapSandbox } from './bubblewrap/index.ts';
import type { Sandbox } from './port.ts';
import { createUnconfined } from './unconfined.ts';

export { usualProcesses } from './bubblewrap/index.ts';
export { watchProcess } from './monitor/index.ts';
export type * from './port.ts';
export { createUnconfined };

/**
 * The sandbox of this machine, probed. There is no quiet step down: where it can't be had, this throws, and only a
 * caller that passes `confined: false` gets a process without one.
 *
 * @throws WorkbenchError `PW-SANDBOX-PLATFORM`, `PW-SANDBOX-MISSING` or `PW-SANDBOX-FORBIDDEN`, with the next step.
 */
export async function createSandbox(
  options: { readonly confined: boolean },
  signal?: AbortSignal,
): Promise<Sandbox> {
  if (!options.confined) return createUnconfined();
  return createBubblewrapSandbox(
    { platform: process.platform, architecture: process.arch, searchPath: process.env['PATH'] ?? '' },
    signal,
  );
}
