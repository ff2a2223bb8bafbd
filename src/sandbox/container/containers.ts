import { WorkbenchError } from '../../base/index.ts';
import { checkPolicy, chooseIdentity } from '../bubblewrap/index.ts';
import type { HeldLimits, Sandbox, SandboxPolicy } from '../port.ts';
import { ask } from './engine.ts';
import { launchInContainer } from './launch.ts';
import { removeLeftContainers } from './leftovers.ts';
import { type ContainerInstallation, probeContainers } from './probe.ts';

/** The containers of this machine. */
export interface Containers {
  /** Such as `podman 5.2.0 with crun`. */
  readonly version: string;
  /**
   * The sandbox that runs programs in an image. Nothing is ever downloaded.
   *
   * @throws WorkbenchError `PW-CONTAINER-IMAGE` when the image is not here, or its name is none.
   */
  sandbox(image: string, signal?: AbortSignal): Promise<Sandbox>;
}

/** As in `forgeai/rust-executor:1.0.0`; above all it can't be taken for an option. */
const imageName = /^[A-Za-z0-9][A-Za-z0-9._/:@-]{0,254}$/;

/**
 * Tries podman, and removes what killed workbenches left.
 *
 * @throws WorkbenchError `PW-CONTAINER-MISSING` or `PW-CONTAINER-FORBIDDEN`, with the next step.
 */
export async function createContainers(
  env: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Promise<Containers> {
  const installation = await probeContainers(env, signal);
  await removeLeftContainers(installation.engine, signal);
  return {
    version: installation.version,
    sandbox: async (image, abort) => {
      if (!imageName.test(image))
        throw noImage(`“${image}” is not the name of an image.`, 'Name an image in the manifest.');
      const { code } = await ask(installation.engine, ['image', 'exists', image], abort);
      if (code !== 0)
        throw noImage(
          `The container image ${image} is not on this machine; the workbench downloads none.`,
          `podman pull ${image}`,
        );
      return sandboxOf(installation, image);
    },
  };
}

function sandboxOf(installation: ContainerInstallation, image: string): Sandbox {
  const { holds, version } = installation;
  return {
    level: 'container',
    description: `A container of ${image} (${version}) confines the plugin: own namespaces with only the image and the granted folders, no network but what the workbench fetches for it, and a system call filter (seccomp). ${describeLimits(holds)}`,
    mounts: true,
    holds,
    launch: async (policy, signal) => {
      checkPolicy(policy);
      if (installation.asRoot) requireOpen(policy);
      return launchInContainer(installation, image, policy, signal);
    },
  };
}

/** Nobody is who a plugin runs as when the workbench is root's. */
function requireOpen(policy: SandboxPolicy): void {
  if (chooseIdentity(policy, true).outerId !== 0) return;
  throw new WorkbenchError(
    'PW-SANDBOX-START',
    `${policy.name} can't run in a container: the workbench runs as root, and what the plugin needs only root can read.`,
    {
      nextStep: `Let everybody read ${policy.pluginDir} and the folders above it, or run the workbench as another user.`,
    },
  );
}

function describeLimits({ memory, cpu, processes }: HeldLimits): string {
  return memory && cpu && processes
    ? 'The kernel holds its memory, processor time and processes to their limits.'
    : 'What of memory, processor time and processes the kernel does not limit is watched: a plugin over its limit is ended soon after.';
}

function noImage(message: string, nextStep: string): WorkbenchError {
  return new WorkbenchError('PW-CONTAINER-IMAGE', message, { nextStep });
}
