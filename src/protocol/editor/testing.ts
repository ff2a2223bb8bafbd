import * as v from 'valibot';
import { problemLocationSchema, problemSchema } from './problem.ts';

export const testPluginSchema = v.object({
  /** Absolute folder of the plugin. */
  dir: v.string(),
  /** Part of the names of the tests to run; all when absent. */
  filter: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(1000))),
  /** Whose approvals count. */
  tenant: v.optional(v.string()),
});
export type TestPluginParams = v.InferOutput<typeof testPluginSchema>;

export const testOutcomeSchema = v.object({
  /** With the names of the suites around it: `parser > reads numbers`. */
  name: v.string(),
  outcome: v.picklist(['passed', 'failed', 'skipped']),
  /** Where the test stands, as far as the runner tells. */
  location: v.optional(problemLocationSchema),
  /** How long it took, in milliseconds. */
  ms: v.optional(v.number()),
  /** Why it failed, or was skipped. */
  message: v.optional(v.string()),
  /** The line in the plugin's folder where it failed. */
  failedAt: v.optional(problemLocationSchema),
});
/** What came of one test. */
export type TestOutcome = v.InferOutput<typeof testOutcomeSchema>;

export const testReportSchema = v.object({
  pluginId: v.string(),
  dir: v.string(),
  /** What ran, such as `node --test`. */
  runner: v.string(),
  passed: v.number(),
  failed: v.number(),
  skipped: v.number(),
  tests: v.array(testOutcomeSchema),
  /** What tests and runner wrote; the end of it when it is long. */
  output: v.string(),
  /** Why the run did not come to its end: a crash, a limit. */
  problem: v.optional(problemSchema),
  /** How to write a test, when there is none. */
  advice: v.optional(v.string()),
});
/** A run of the tests of a plugin. */
export type TestReport = v.InferOutput<typeof testReportSchema>;
