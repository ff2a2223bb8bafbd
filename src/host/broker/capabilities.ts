import picomatch from 'picomatch';
import type { Capability } from '../../manifest/index.ts';

/** What a request needs the manifest to say. */
export interface Need {
  readonly scope: string;
  readonly action: string;
  readonly resource: string;
}

/**
 * The capability that allows a need, or `undefined`: what no capability names is denied. One that has expired allows
 * nothing.
 *
 * @param capabilities what the plugin may do now: ask anew for each request, for grants change while a plugin runs
 * @param now milliseconds since the epoch
 */
export function findGrant(
  capabilities: readonly Capability[],
  need: Need,
  now: number,
): Capability | undefined {
  return capabilities.find(capability => allows(capability, need, now));
}

/** Whether what is declared would allow a need that what is granted does not: only the approval is missing. */
export function isWithheld(
  declared: readonly Capability[],
  granted: readonly Capability[],
  need: Need,
  now: number,
): boolean {
  return findGrant(declared, need, now) !== undefined && findGrant(granted, need, now) === undefined;
}

function allows(capability: Capability, need: Need, now: number): boolean {
  const { expiresAt } = capability.restrictions;
  if (expiresAt !== undefined && expiresAt <= now) return false;
  if (capability.action !== need.action && capability.action !== '*') return false;
  return capability.scope === need.scope && matches(capability.resource, need.resource);
}

function matches(pattern: string, resource: string): boolean {
  if (pattern === '*' || pattern === resource) return true;
  return picomatch.isMatch(resource, pattern, { dot: true, nonegate: true });
}
