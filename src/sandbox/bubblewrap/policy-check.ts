import { realpathSync } from 'node:fs';
import { normalize } from 'node:path';
import { WorkbenchError } from '../../base/index.ts';
import type { SandboxPolicy } from '../port.ts';
import { bindsOf } from './arguments.ts';

/** What bubblewrap provides itself; a bind there would show the host's own. */
const reserved = ['/proc', '/dev', '/sys'];

/**
 * Refuses a policy that can't be carried out as it is written: a path that is gone, one that leads elsewhere through
 * a symbolic link, one that would uncover what the sandbox covers.
 *
 * @throws WorkbenchError `PW-SANDBOX-START`
 */
export function checkPolicy(policy: SandboxPolicy): void {
  if (!/^[a-z0-9._-]{1,64}$/.test(policy.name)) {
    throw new Error(`Not a name for a sandbox: ${JSON.stringify(policy.name)}`);
  }
  const program = policy.command[0];
  if (program === undefined) throw new Error('A sandbox policy needs a command.');
  for (const path of [program, policy.pluginDir]) requireAbsolute(path);
  for (const bind of bindsOf(policy)) {
    requireAbsolute(bind.from);
    requireAbsolute(bind.to);
    if (bind.to === '/' || reserved.some(top => bind.to === top || bind.to.startsWith(`${top}/`))) {
      throw refusal(
        `The sandbox can't show ${bind.to}: it would uncover what the sandbox covers.`,
        `Grant a folder below it that is not part of ${bind.to === '/' ? 'the system' : 'it'}.`,
      );
    }
    const real = resolve(bind.from);
    if (bind.granted && real !== bind.from) throw linked(bind.from, real);
  }
}

/** The refusal of a granted path that turned out to be a symbolic link. */
export function linked(path: string, target: string): WorkbenchError {
  return refusal(
    `${path} was granted, but it leads to ${target}.`,
    `Grant ${target} in the manifest if that is meant, or remove the symbolic link.`,
  );
}

function resolve(path: string): string {
  try {
    return realpathSync(path);
  } catch (cause) {
    throw new WorkbenchError('PW-SANDBOX-START', `${path} can't be shown in the sandbox: it is not there.`, {
      nextStep: `Make ${path} again, or remove it from what the plugin is granted.`,
      cause,
    });
  }
}

function requireAbsolute(path: string): void {
  if (!path.startsWith('/') || normalize(path) !== path) {
    throw new Error(`A sandbox path has to be absolute and normal: ${JSON.stringify(path)}`);
  }
}

function refusal(message: string, nextStep: string): WorkbenchError {
  return new WorkbenchError('PW-SANDBOX-START', message, { nextStep });
}
