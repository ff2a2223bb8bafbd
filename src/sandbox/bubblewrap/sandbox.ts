import type { Sandbox } from '../port.ts';
import { launchInBubblewrap } from './launch.ts';
import { type Machine, probe } from './probe.ts';

/** The sandbox of this machine, tried once. Throws what {@link probe} throws. */
export async function createBubblewrapSandbox(machine: Machine, signal?: AbortSignal): Promise<Sandbox> {
  const installation = await probe(machine, signal);
  return {
    level: 'sandboxed',
    description:
      'The Linux kernel confines the plugin: own namespaces (bubblewrap) with only the granted folders and no network, and a system call filter (seccomp).',
    launch: (policy, abort) => launchInBubblewrap(installation, policy, abort),
  };
}
