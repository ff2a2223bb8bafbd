import * as v from 'valibot';

export const runMiddlewareSchema = v.object({
  chain: v.string(),
  value: v.unknown(),
  tenant: v.optional(v.string()),
  /** Milliseconds; the host's default (30 s) when absent. */
  deadline: v.optional(v.number()),
});
/** A value that a front-end sends through a chain of the plugins' middleware. */
export type RunMiddlewareParams = v.InferOutput<typeof runMiddlewareSchema>;

export const sendMessageSchema = v.object({
  method: v.string(),
  data: v.unknown(),
  /** As the plugins of the tenant name one another; every plugin that listens when absent. */
  to: v.optional(v.array(v.string())),
  correlation: v.optional(v.string()),
  tenant: v.optional(v.string()),
});
/** A message of a front-end to plugins that listen; they see `$host` as its sender. */
export type SendMessageParams = v.InferOutput<typeof sendMessageSchema>;
