import { lstatSync } from 'node:fs';
import path from 'node:path';
import type { ObservedNotification } from '../../protocol/plugin/index.ts';
import type { SandboxPolicy } from '../../sandbox/index.ts';
import type { AuditEntry } from '../broker/audit.ts';
import { isWithin } from './grants.ts';

/** What the kernel's refusals are told to. */
export interface KernelDenialPorts {
  readonly policy: SandboxPolicy;
  audit(entry: AuditEntry): void;
  /** The manifest line that would allow it. */
  describeGrant(need: { readonly scope: string; readonly action: string; readonly resource: string }): string;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** Refusals that are told of one instance; more tell nothing new. */
const MOST_TOLD = 1000;

/** Shown in every sandbox, and private to it. */
const own = ['/proc', '/dev', '/tmp', '/sys'];

/**
 * Turns attempts that the kernel refused into entries of the audit. Whoever saw them may be wrong, or the plugin
 * itself: so an attempt counts only when the policy does not open what it is about, and a file that is to be read
 * only when there is one. What a runtime looks for by itself, on its way to a module, is no attempt of the plugin's.
 */
export function createKernelDenials(ports: KernelDenialPorts): (seen: ObservedNotification) => void {
  const { policy, audit, describeGrant, now } = ports;
  const told = new Set<string>();
  const shown = new Map<string, boolean>([
    ...own.map(place => [place, true] as const),
    ...[policy.pluginDir, ...policy.runtimePaths, ...policy.readOnly].map(place => [place, false] as const),
    ...policy.mounts.map(({ to }) => [to, false] as const),
    ...policy.readWrite.map(place => [place, true] as const),
  ]);

  /** Whether what is shown there can be written; `undefined` where nothing is shown. The inner place counts. */
  function writableAt(file: string): boolean | undefined {
    const places = [...shown.keys()].filter(place => isWithin(place, file));
    const inner = places.sort((one, other) => other.length - one.length)[0];
    return inner === undefined ? undefined : shown.get(inner);
  }

  function isDenied({ scope, action, resource }: ObservedNotification): boolean {
    if (scope === 'network') return policy.network !== 'shared';
    if (!path.isAbsolute(resource) || resource.includes('\0')) return false;
    const writable = writableAt(resource);
    if (action === 'write') return writable !== true && exists(path.dirname(resource));
    return writable === undefined && !isLookup(resource) && exists(resource);
  }

  return seen => {
    const { scope, action } = seen;
    const key = `${scope}\0${action}\0${seen.resource}`;
    if (told.has(key) || told.size >= MOST_TOLD || !isDenied(seen)) return;
    told.add(key);
    const resource = scope === 'filesystem' ? asWritten(seen.resource, policy.pluginDir) : seen.resource;
    const need = { scope, action, resource };
    audit({ timestamp: now(), ...need, allowed: false, grant: describeGrant(need), by: 'kernel' });
  };
}

function asWritten(file: string, pluginDir: string): string {
  return isWithin(pluginDir, file) ? `./${path.relative(pluginDir, file)}` : file;
}

function isLookup(file: string): boolean {
  return path.basename(file) === 'package.json' || file.split(path.sep).includes('node_modules');
}

/** The path is the plugin's to choose: what can't be looked at, or can't be a path at all, is as if it were not there. */
function exists(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}
