import type { ResourceUsage, ResourceViolation } from '../../protocol/editor/index.ts';
import type { ProcessReadout } from '../../sandbox/index.ts';
import type { EffectiveLimits } from '../process/limits.ts';
import type { CallMeter } from './call-meter.ts';

/** Turns readouts of a plugin's process into what people see. */
export interface Usage {
  /**
   * @param pid tells instances apart: after a reload the CPU time begins anew
   * @param standbyBytes private memory of the process that waits for the next reload; 0 without one
   */
  report(
    pid: number,
    readout: ProcessReadout,
    limits: EffectiveLimits,
    violations: readonly ResourceViolation[],
    standbyBytes: number,
  ): ResourceUsage;
}

/** Makes the usage of one plugin; the peak is that of its whole run, reloads included. */
export function createUsage(pluginId: string, meter: CallMeter, now: () => number): Usage {
  let before: { readonly pid: number; readonly cpuMs: number; readonly at: number } | undefined;
  let peak = 0;
  return {
    report: (pid, readout, limits, violations, standbyBytes) => {
      const at = now();
      const span = before?.pid === pid ? at - before.at : 0;
      const percent = span > 0 && before ? ((readout.cpuMs - before.cpuMs) / span) * 100 : 0;
      before = { pid, cpuMs: readout.cpuMs, at };
      peak = Math.max(peak, readout.privateBytes);
      return {
        pluginId,
        timestamp: Date.now(),
        memory: {
          used: readout.privateBytes,
          resident: readout.residentBytes,
          peak,
          limit: limits.memoryBytes,
          ...(standbyBytes > 0 ? { standby: standbyBytes } : {}),
        },
        cpu: { percent: Math.max(0, percent), limit: limits.cpuPercent },
        io: {
          fileHandles: readout.fileHandles,
          networkConnections: readout.connections,
          processes: readout.processes,
          diskReadBytes: readout.diskReadBytes,
          diskWriteBytes: readout.diskWriteBytes,
        },
        calls: meter.take(),
        violations: [...violations],
      };
    },
  };
}
