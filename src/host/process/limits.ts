import type { PluginManifest } from '../../manifest/index.ts';
import { type HeldLimits, type MonitorLimits, usualProcesses } from '../../sandbox/index.ts';

const MIB = 1024 * 1024;

/** The ceilings of a plugin whose manifest states none. */
export const defaultLimits = {
  memoryBytes: 256 * MIB,
  cpuPercent: 100,
  fileHandles: 256,
  connections: 64,
  /** By which the folders it may write to can grow while it runs. */
  diskBytes: 1024 * MIB,
} as const;

/** Below this Node.js and the bootstrap don't come up: an idle plugin has about 30 MiB of anonymous memory. */
export const MEMORY_FLOOR = 64 * MIB;

/** Below this the runtime can't open what it needs to start. */
const FILE_HANDLE_FLOOR = 32;

/** The finite ceilings of one instance. */
export interface EffectiveLimits extends Pick<MonitorLimits, 'memoryBytes' | 'cpuPercent'> {
  readonly fileHandles: number;
  readonly processes: number;
  readonly connections: number;
  readonly diskBytes: number;
  /** What differs from the manifest and why, one sentence each. */
  readonly notes: readonly string[];
}

/** Takes the limits from the manifest, the defaults where it has none, and a floor where the runtime needs one. */
export function effectiveLimits(manifest: PluginManifest): EffectiveLimits {
  const asked = manifest.limits;
  const notes: string[] = [];
  const atLeast = (what: string, wanted: number, floor: number, show: (value: number) => string): number => {
    if (wanted >= floor) return wanted;
    notes.push(
      `The manifest's limit of ${show(wanted)} ${what} is less than the runtime needs; ${show(floor)} holds.`,
    );
    return floor;
  };
  return {
    memoryBytes: atLeast(
      'memory',
      asked.memoryBytes ?? defaultLimits.memoryBytes,
      MEMORY_FLOOR,
      value => `${Math.round(value / MIB)} MiB`,
    ),
    cpuPercent: asked.cpuPercent ?? defaultLimits.cpuPercent,
    fileHandles: atLeast(
      'file handles',
      asked.fileHandles ?? defaultLimits.fileHandles,
      FILE_HANDLE_FLOOR,
      String,
    ),
    processes: usualProcesses,
    connections: asked.connections ?? defaultLimits.connections,
    diskBytes: defaultLimits.diskBytes,
    notes,
  };
}

/** What the monitor looks after while an instance runs. */
export function watchedLimits(
  limits: EffectiveLimits,
  writable: readonly string[],
  holds: HeldLimits,
): MonitorLimits {
  const { memoryBytes, cpuPercent, fileHandles, processes, connections, diskBytes } = limits;
  return {
    memoryBytes,
    cpuPercent,
    memoryIsHeld: holds.memory,
    cpuIsHeld: holds.cpu,
    fileHandles,
    processes,
    connections,
    ...(writable.length > 0 ? { disk: { bytes: diskBytes, folders: writable } } : {}),
  };
}
