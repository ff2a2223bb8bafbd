import { WorkbenchError } from '../base/index.ts';
import { createBubblewrapSandbox } from './bubblewrap/index.ts';
import type { Sandbox } from './port.ts';
import { createReducedSandbox } from './reduced/index.ts';
import { createSeatbeltSandbox } from './seatbelt/index.ts';
import { createUnconfined } from './unconfined.ts';

export { usualProcesses } from './bubblewrap/index.ts';
export { type Containers, createContainers } from './container/index.ts';
export { watchProcess } from './monitor/index.ts';
export type * from './port.ts';
export { syscallNames } from './seccomp/index.ts';
export { createReducedSandbox, createUnconfined };

/**
 * The sandbox of this machine, probed: bubblewrap on Linux, or the reduced one, which says so, where no user
 * namespaces are allowed; that of the system on macOS; none on Windows, where a plugin is refused. There is
 * no step down to none: where neither can be had, this throws, and only a caller that passes `confined: false` gets a
 * process without one.
 *
 * @throws WorkbenchError `PW-SANDBOX-PLATFORM`, `PW-SANDBOX-MISSING` or `PW-SANDBOX-FORBIDDEN`, with the next step.
 */
export async function createSandbox(
  options: { readonly confined: boolean },
  signal?: AbortSignal,
): Promise<Sandbox> {
  if (!options.confined) return createUnconfined();
  if (process.platform === 'darwin') return createSeatbeltSandbox();
  const machine = {
    platform: process.platform,
    architecture: process.arch,
    searchPath: process.env['PATH'] ?? '',
  };
  try {
    return await createBubblewrapSandbox(machine, signal);
  } catch (error) {
    if (!(error instanceof WorkbenchError) || error.code !== 'PW-SANDBOX-FORBIDDEN') throw error;
    const reduced = await createReducedSandbox();
    if (reduced === undefined) throw error;
    return { ...reduced, advice: error.nextStep };
  }
}
