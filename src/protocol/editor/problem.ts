import * as v from 'valibot';

export const problemSchema = v.object({
  code: v.string(),
  message: v.string(),
  nextStep: v.optional(v.string()),
  /** Absolute path and 1-based place in the plugin's source, when known. */
  location: v.optional(v.object({ file: v.string(), line: v.number(), column: v.number() })),
});
/** Why a plugin failed, for a front-end to show. */
export type Problem = v.InferOutput<typeof problemSchema>;
