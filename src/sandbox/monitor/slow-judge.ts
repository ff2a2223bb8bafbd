import type { LimitBreach, LimitedResource, MonitorLimits, ProcessCounts } from '../port.ts';

/** What is looked at once a second, because looking is dear. */
export interface SlowUse {
  readonly counts: ProcessCounts;
  /** Bytes by which the writable folders have grown. */
  readonly diskBytes: number;
}

/** Shares of a limit from which an alert and a warning are given, each once. */
const alertShare = 0.6;
const warningShare = 0.8;

/**
 * Makes a judge of the resources that change slowly or that the kernel holds: it warns near a limit, and asks for a
 * kill where a disk is being filled, which nothing else would stop.
 */
export function createSlowJudge(limits: MonitorLimits): (use: SlowUse) => LimitBreach[] {
  const alerted = new Set<LimitedResource>();
  const warned = new Set<LimitedResource>();
  return ({ counts, diskBytes }) => {
    const { fileHandles, processes, connections, disk } = limits;
    const uses: readonly (readonly [LimitedResource, number, number | undefined])[] = [
      ['fileHandles', counts.fileHandles, fileHandles],
      ['processes', counts.processes, processes],
      ['connections', counts.connections, connections],
      ['disk', diskBytes, disk?.bytes],
    ];
    return uses.flatMap(([resource, used, limit]): LimitBreach[] => {
      if (limit === undefined) return [];
      if (resource === 'disk' && used >= limit) return [{ resource, used, limit, action: 'killed' }];
      if (warned.has(resource) || used < limit * alertShare) return [];
      if (used >= limit * warningShare) {
        warned.add(resource);
        return [{ resource, used, limit, action: 'warned' }];
      }
      if (alerted.has(resource)) return [];
      alerted.add(resource);
      return [{ resource, used, limit, action: 'alerted' }];
    });
  };
}
