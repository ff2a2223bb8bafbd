import { WorkbenchError } from '../../base/index.ts';
import { chooseIdentity } from '../bubblewrap/index.ts';
import type { Sandbox } from '../port.ts';
import { launchReduced } from './launch.ts';
import { probeReduced } from './probe.ts';

/**
 * Confines without namespaces: Landlock for files, TCP and signals, and a system call filter that leaves no network
 * at all. `undefined` where Landlock is missing.
 *
 * It is less than the full sandbox: names, sizes and times of files elsewhere can be asked for, other processes'
 * numbers are visible, and a process that is not in the sandbox can be given another priority.
 */
export async function createReducedSandbox(): Promise<Sandbox | undefined> {
  const installation = await probeReduced();
  if (installation === undefined) return undefined;
  return {
    level: 'reduced',
    description:
      'REDUCED: this system allows no user namespaces. Landlock keeps the plugin to the granted files, and a system call filter from all network; that other files exist, and other processes run, it can see. Memory and processor time are watched: a plugin over its limit is ended soon after.',
    holds: { memory: false, cpu: false, processes: false },
    mounts: false,
    launch: async (policy, signal) => {
      const identity = chooseIdentity(policy, true);
      if (identity.outerId === 0) {
        throw new WorkbenchError(
          'PW-SANDBOX-START',
          `${policy.name} can't be confined: the workbench runs as root, and what the plugin needs only root can read.`,
          {
            nextStep: `Let everybody read ${policy.pluginDir} and the folders above it, or run the workbench as another user.`,
          },
        );
      }
      return launchReduced(installation, policy, identity, signal);
    },
  };
}
