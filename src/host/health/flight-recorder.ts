import type { CrashReport, ResourceUsage } from '../../protocol/editor/index.ts';
import type { LogSink } from '../process/output.ts';

const KEPT_LINES = 50;

/** Longest part of a log line that is kept, in UTF-16 code units. */
const KEPT_LINE = 2000;

/** Readouts that are kept; one comes a second. */
const KEPT_READOUTS = 60;

/** Calls that are named in a report; a plugin can have more in flight. */
const KEPT_CALLS = 100;

/** Share of failed calls, among the last ones, that counts for a plugin's health. */
const KEPT_OUTCOMES = 50;

/** What is known about the calls that a plugin answered last. */
export interface CallOutcomes {
  readonly calls: number;
  readonly failed: number;
}

/** Keeps the last moments of a plugin, so that a crash can be explained. */
export interface FlightRecorder {
  readonly log: LogSink;
  usage(usage: ResourceUsage): void;
  /** A call begins; what is returned ends it. `lost`: the process went away before it answered. */
  begin(method: string): (how: 'answered' | 'failed' | 'lost') => void;
  outcomes(): CallOutcomes;
  /** A new instance serves. */
  adopted(): void;
  record(): Pick<CrashReport, 'lastLog' | 'resources' | 'inFlight' | 'uptimeMs'>;
}

/** Makes an empty recorder. */
export function createFlightRecorder(): FlightRecorder {
  const lines: CrashReport['lastLog'] = [];
  const readouts: CrashReport['resources'] = [];
  const inFlight = new Set<{ readonly method: string; readonly since: number }>();
  // The connection closes before the end of the process is known.
  let lost: { readonly method: string; readonly since: number }[] = [];
  let outcomes: boolean[] = [];
  let since = performance.now();
  return {
    log: (source, level, message) => {
      lines.push({ timestamp: Date.now(), source, level, message: message.slice(0, KEPT_LINE) });
      if (lines.length > KEPT_LINES) lines.shift();
    },
    usage: ({ timestamp, memory, cpu, io }) => {
      readouts.push({
        timestamp,
        memoryBytes: memory.used,
        cpuPercent: cpu.percent,
        fileHandles: io.fileHandles,
      });
      if (readouts.length > KEPT_READOUTS) readouts.shift();
    },
    begin: method => {
      const call = { method, since: performance.now() };
      inFlight.add(call);
      return how => {
        inFlight.delete(call);
        if (how === 'lost') lost.push(call);
        outcomes.push(how === 'failed');
        if (outcomes.length > KEPT_OUTCOMES) outcomes.shift();
      };
    },
    outcomes: () => ({ calls: outcomes.length, failed: outcomes.filter(Boolean).length }),
    adopted: () => {
      since = performance.now();
      outcomes = [];
      lost = [];
    },
    record: () => {
      const now = performance.now();
      const calls = [...lost, ...inFlight].slice(0, KEPT_CALLS);
      return {
        lastLog: [...lines],
        resources: [...readouts],
        inFlight: calls.map(call => ({ method: call.method, forMs: Math.round(now - call.since) })),
        uptimeMs: Math.round(now - since),
      };
    },
  };
}
