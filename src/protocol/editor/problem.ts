import * as v from 'valibot';

/** Absolute path and 1-based place in the plugin's source. */
export const problemLocationSchema = v.object({ file: v.string(), line: v.number(), column: v.number() });

/** One of several things that are wrong, such as all that a compiler reports. */
export const relatedProblemSchema = v.object({
  message: v.string(),
  location: v.optional(problemLocationSchema),
});
export type RelatedProblem = v.InferOutput<typeof relatedProblemSchema>;

export const problemSchema = v.object({
  code: v.string(),
  message: v.string(),
  nextStep: v.optional(v.string()),
  location: v.optional(problemLocationSchema),
  /** Every single thing that is wrong, where a tool reports several; the message is about the first. */
  related: v.optional(v.array(relatedProblemSchema)),
});
/** Why a plugin failed, for a front-end to show. */
export type Problem = v.InferOutput<typeof problemSchema>;
