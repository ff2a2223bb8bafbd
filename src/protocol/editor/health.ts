import * as v from 'valibot';
import { problemSchema } from './problem.ts';

export const healthReportSchema = v.object({
  pluginId: v.string(),
  /** Milliseconds since the epoch. */
  timestamp: v.number(),
  /** `degraded`: it works, and something is near to going wrong; `unhealthy`: a restart would help; `idle`: no process. */
  health: v.picklist(['healthy', 'degraded', 'unhealthy', 'idle']),
  /** What was looked at, and a sentence for people about each. */
  checks: v.array(
    v.object({
      name: v.picklist(['process', 'answers', 'errors', 'memory']),
      health: v.picklist(['healthy', 'degraded', 'unhealthy']),
      message: v.string(),
    }),
  ),
  /** Round trip of a ping in milliseconds; absent when it was not answered in time. */
  latencyMs: v.optional(v.number()),
});
/** How a plugin does now. */
export type HealthReport = v.InferOutput<typeof healthReportSchema>;

export const crashReportSchema = v.object({
  /** Unique among the reports of this plugin. */
  id: v.string(),
  pluginId: v.string(),
  version: v.string(),
  runtime: v.string(),
  /** Milliseconds since the epoch. */
  timestamp: v.number(),
  uptimeMs: v.number(),
  generation: v.number(),
  /** `limit`: ended at a limit other than memory; `protocol`: it broke the rules of its connection. */
  cause: v.picklist(['exit', 'signal', 'outOfMemory', 'limit', 'protocol']),
  exit: v.object({ code: v.nullable(v.number()), signal: v.nullable(v.string()) }),
  problem: problemSchema,
  /** The last lines of its log and streams, oldest first. */
  lastLog: v.array(
    v.object({ timestamp: v.number(), source: v.string(), level: v.string(), message: v.string() }),
  ),
  /** What it used, once a second, over the last minute, oldest first. */
  resources: v.array(
    v.object({
      timestamp: v.number(),
      memoryBytes: v.number(),
      cpuPercent: v.number(),
      fileHandles: v.number(),
    }),
  ),
  /** The calls it was working on. */
  inFlight: v.array(v.object({ method: v.string(), forMs: v.number() })),
  /** What the host does about it. */
  outcome: v.variant('kind', [
    v.object({ kind: v.literal('restart'), attempt: v.number(), delayMs: v.number() }),
    v.object({ kind: v.literal('gaveUp'), crashes: v.number(), withinMs: v.number() }),
    v.object({ kind: v.literal('left') }),
  ]),
});
/** What is known about a plugin process that ended by itself. */
export type CrashReport = v.InferOutput<typeof crashReportSchema>;
