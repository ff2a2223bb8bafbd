import { existsSync } from 'node:fs';
import { WorkbenchError } from '../../base/index.ts';
import type { Sandbox } from '../port.ts';
import { launchInSeatbelt } from './launch.ts';

const sandboxExec = '/usr/bin/sandbox-exec';

/**
 * The sandbox of macOS. Its profiles are held against written examples in the tests; it has not been run on a Mac,
 * and says so.
 *
 * @throws WorkbenchError `PW-SANDBOX-MISSING`
 */
export function createSeatbeltSandbox(): Sandbox {
  if (!existsSync(sandboxExec)) {
    throw new WorkbenchError('PW-SANDBOX-MISSING', `There is no ${sandboxExec} on this Mac.`, {
      nextStep:
        'Run plugins on Linux (a container will do), or allow this plugin to run unconfined in the settings.',
    });
  }
  return {
    level: 'reduced',
    description:
      'REDUCED: the sandbox of macOS (sandbox-exec) keeps the plugin to the granted files and from all network. The workbench’s profiles for it are new and little tried. Memory and processor time have no limit here.',
    holds: { memory: false, cpu: false, processes: false },
    mounts: false,
    launch: (policy, signal) => launchInSeatbelt(sandboxExec, policy, signal),
  };
}
