import type { LimitBreach, MonitorLimits, ProcessSample } from '../port.ts';

/** When a limit counts as broken. Every one can be replaced, so that a test need not wait. */
export interface MonitorThresholds {
  /** Shares of the memory limit at which an alert and a warning are given, each once. */
  readonly memoryAlertShare: number;
  readonly memoryWarningShare: number;
  /** Length of the windows over which the CPU share is averaged: to warn, and to kill. */
  readonly cpuWarningMs: number;
  readonly cpuKillMs: number;
}

export const defaultThresholds: MonitorThresholds = {
  memoryAlertShare: 0.6,
  memoryWarningShare: 0.8,
  cpuWarningMs: 2_000,
  cpuKillMs: 10_000,
};

/** Judges samples of one process against its limits. */
export interface LimitJudge {
  /**
   * Takes a sample and gives the breaches it brings to light; a `killed` one is the last.
   *
   * @param now milliseconds on any clock that only goes forward.
   */
  take(sample: ProcessSample, now: number): LimitBreach[];
}

interface Mark {
  readonly now: number;
  readonly cpuMs: number;
}

/** A window of 10 s needs no more than this many marks to be exact to a percent. */
const marksPerWindow = 100;

/** Makes a judge. Pure but for what it remembers. */
export function createLimitJudge(limits: MonitorLimits, thresholds = defaultThresholds): LimitJudge {
  let told: 'nothing' | 'alerted' | 'warned' = 'nothing';
  let cpuWarned = false;
  // One that is throttled never gets above the limit.
  const warnedAt = limits.cpuIsHeld === true ? 0.95 : 1;
  let marks: Mark[] = [];

  function judgeMemory(used: number): LimitBreach[] {
    const breach = { resource: 'memory', used, limit: limits.memoryBytes } as const;
    if (used >= limits.memoryBytes) return [{ ...breach, action: 'killed' }];
    const share = used / limits.memoryBytes;
    if (told !== 'warned' && share >= thresholds.memoryWarningShare) told = 'warned';
    else if (told === 'nothing' && share >= thresholds.memoryAlertShare) told = 'alerted';
    else return [];
    return [{ ...breach, action: told }];
  }

  function judgeCpu(mark: Mark): LimitBreach[] {
    const last = marks.at(-1);
    if (last === undefined || mark.now - last.now >= thresholds.cpuKillMs / marksPerWindow) marks.push(mark);
    const oldest = marks.findLastIndex(past => mark.now - past.now >= thresholds.cpuKillMs);
    if (oldest > 0) marks = marks.slice(oldest);

    const sustained = shareSince(thresholds.cpuKillMs, mark);
    const breach = { resource: 'cpu', limit: limits.cpuPercent } as const;
    if (limits.cpuIsHeld !== true && sustained !== undefined && sustained > limits.cpuPercent) {
      return [{ ...breach, used: sustained, action: 'killed' }];
    }
    const recent = shareSince(thresholds.cpuWarningMs, mark);
    if (cpuWarned || recent === undefined || recent <= limits.cpuPercent * warnedAt) return [];
    cpuWarned = true;
    return [{ ...breach, used: recent, action: 'warned' }];
  }

  /** Percent of one core over the window that ends now; `undefined` while the process is younger than the window. */
  function shareSince(windowMs: number, mark: Mark): number | undefined {
    const start = marks.findLast(past => mark.now - past.now >= windowMs);
    if (start === undefined) return undefined;
    return ((mark.cpuMs - start.cpuMs) / (mark.now - start.now)) * 100;
  }

  return {
    take: (sample, now) => [...judgeMemory(sample.anonymousBytes), ...judgeCpu({ now, cpuMs: sample.cpuMs })],
  };
}
