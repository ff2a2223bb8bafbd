import type { HealthReport, ResourceUsage } from '../../protocol/editor/index.ts';
import type { CallOutcomes } from './flight-recorder.ts';

/** How long a ping may take before the plugin counts as stuck, in milliseconds. */
export const PING_DEADLINE_MS = 5000;

/** A round trip above this is worth a word: the event loop is busy. In milliseconds. */
const SLOW_MS = 500;

/** Fewer calls than this say nothing about a share of failures. */
const FEWEST_CALLS = 10;

const MEMORY_WARNING_SHARE = 0.9;

/** What a plugin's health is judged by. */
export interface Vitals {
  readonly pluginId: string;
  /** False when there is no process on purpose: it waits, is disabled or was stopped. */
  readonly expected: boolean;
  readonly alive: boolean;
  /** Round trip in milliseconds; `undefined` when it was not answered in time. */
  readonly latencyMs: number | undefined;
  readonly outcomes: CallOutcomes;
  readonly usage: ResourceUsage | undefined;
}

type Check = HealthReport['checks'][number];

/** Judges; pure. */
export function judgeHealth(vitals: Vitals, now: number): HealthReport {
  const { pluginId, latencyMs } = vitals;
  const base = { pluginId, timestamp: now };
  if (!vitals.expected) return { ...base, health: 'idle', checks: [] };
  const checks: Check[] = [judgeProcess(vitals)];
  if (vitals.alive) {
    checks.push(judgeAnswer(vitals), judgeErrors(vitals));
    const memory = judgeMemory(vitals);
    if (memory) checks.push(memory);
  }
  const worst = (['unhealthy', 'degraded'] as const).find(bad => checks.some(({ health }) => health === bad));
  return { ...base, health: worst ?? 'healthy', checks, ...(latencyMs === undefined ? {} : { latencyMs }) };
}

function judgeProcess({ alive }: Vitals): Check {
  return alive
    ? { name: 'process', health: 'healthy', message: 'Its process runs.' }
    : { name: 'process', health: 'unhealthy', message: 'It has no process.' };
}

function judgeAnswer({ latencyMs }: Vitals): Check {
  if (latencyMs === undefined) {
    const message = `It did not answer within ${PING_DEADLINE_MS / 1000} s: its code does not let go of the processor.`;
    return { name: 'answers', health: 'unhealthy', message };
  }
  const message = `It answered after ${latencyMs.toFixed(1)} ms.`;
  return { name: 'answers', health: latencyMs > SLOW_MS ? 'degraded' : 'healthy', message };
}

function judgeErrors({ outcomes: { calls, failed } }: Vitals): Check {
  const bad = calls >= FEWEST_CALLS && failed * 2 > calls;
  const message = `${failed} of its last ${calls} calls failed.`;
  return { name: 'errors', health: bad ? 'degraded' : 'healthy', message };
}

function judgeMemory({ usage }: Vitals): Check | undefined {
  if (!usage) return undefined;
  const share = usage.memory.used / usage.memory.limit;
  const message = `It uses ${Math.round(share * 100)} % of its memory limit.`;
  return { name: 'memory', health: share >= MEMORY_WARNING_SHARE ? 'degraded' : 'healthy', message };
}
