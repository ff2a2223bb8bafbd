import type { HeldLimits, Sandbox } from '../port.ts';
import { launchInBubblewrap } from './launch.ts';
import { type Installation, type Machine, probe } from './probe.ts';

/** The sandbox of this machine, tried once. Throws what {@link probe} throws. */
export async function createBubblewrapSandbox(machine: Machine, signal?: AbortSignal): Promise<Sandbox> {
  const installation = await probe(machine, signal);
  const holds = heldLimits(installation);
  return {
    level: 'sandboxed',
    description: `The Linux kernel confines the plugin: own namespaces (bubblewrap) with only the granted folders and no network, and a system call filter (seccomp). ${describeLimits(holds)}`,
    holds,
    mounts: true,
    launch: (policy, abort) => launchInBubblewrap(installation, policy, abort),
  };
}

function heldLimits({ groups, countsProcessesPerSandbox }: Installation): HeldLimits {
  // The kernel exempts root's processes from the limit of a namespace, not from that of a control group.
  const counted = countsProcessesPerSandbox && process.getuid?.() !== 0;
  return {
    memory: groups.holds.has('memory'),
    cpu: groups.holds.has('cpu'),
    processes: groups.holds.has('pids') || counted,
  };
}

function describeLimits({ memory, cpu }: HeldLimits): string {
  if (memory && cpu) return 'The kernel holds its memory and processor time to their limits.';
  if (memory) return 'The kernel holds its memory to the limit; processor time is watched.';
  return 'Memory and processor time are watched: a plugin over its limit is ended soon after.';
}
