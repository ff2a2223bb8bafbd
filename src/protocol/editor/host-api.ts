import * as v from 'valibot';
import { pluginStatusSchema } from './messages.ts';
import { problemSchema } from './problem.ts';

export const startAllSchema = v.object({
  dirs: v.array(v.string()),
  watch: v.boolean(),
  recover: v.optional(v.boolean()),
  restart: v.optional(v.picklist(['never', 'onCrash'])),
  lazy: v.optional(v.boolean()),
  /** Approves for this run: all that the manifests declare, or the keys of some capabilities of a plugin's real folder. */
  approve: v.optional(v.union([v.literal('all'), v.record(v.string(), v.array(v.string()))])),
  tenant: v.optional(v.string()),
});
export type StartAllParams = v.InferOutput<typeof startAllSchema>;

export const startAllResultSchema = v.object({
  started: v.array(pluginStatusSchema),
  failed: v.array(
    v.object({
      dir: v.string(),
      /** Absent when the manifest can't be read. */
      pluginId: v.optional(v.string()),
      problem: problemSchema,
      details: v.optional(v.record(v.string(), v.unknown())),
    }),
  ),
});
/** Which plugins run now, and which don't and why. */
export type StartAllResult = v.InferOutput<typeof startAllResultSchema>;

export const dependenciesSchema = v.object({
  dir: v.string(),
  knownDirs: v.optional(v.array(v.string())),
  tenant: v.optional(v.string()),
});
export type DependenciesParams = v.InferOutput<typeof dependenciesSchema>;

export const resolvedDependencySchema = v.object({
  pluginId: v.string(),
  version: v.string(),
  dir: v.string(),
  running: v.boolean(),
});
/** A plugin that another needs, directly or not; a list of them is in the order they have to start in. */
export type ResolvedDependency = v.InferOutput<typeof resolvedDependencySchema>;

export const crashesSchema = v.object({
  pluginId: v.string(),
  /** The newest so many; all that are kept when absent. */
  limit: v.optional(v.number()),
});
export type CrashesParams = v.InferOutput<typeof crashesSchema>;

export const requestSchema = v.object({
  pluginId: v.string(),
  message: v.object({
    /** The host makes one when absent. */
    id: v.optional(v.string()),
    method: v.string(),
    data: v.unknown(),
    /** Milliseconds; the host's default (30 s) when absent. */
    timeout: v.optional(v.number()),
    /** Id of a message that this one refers to. */
    correlation: v.optional(v.string()),
  }),
});
/** A message of somebody who is no plugin to one plugin. */
export type RequestParams = v.InferOutput<typeof requestSchema>;

export const pluginResponseSchema = v.object({
  /** The message's id. */
  id: v.string(),
  /** Milliseconds since the epoch. */
  timestamp: v.number(),
  success: v.boolean(),
  data: v.optional(v.unknown()),
  error: v.optional(
    v.object({
      code: v.string(),
      message: v.string(),
      details: v.optional(v.record(v.string(), v.unknown())),
    }),
  ),
  correlation: v.optional(v.string()),
});
/** What came of a message. */
export type PluginResponse = v.InferOutput<typeof pluginResponseSchema>;

const forTenant = { tenant: v.optional(v.string()), deadline: v.optional(v.number()) };

export const executeSchema = v.object({ language: v.string(), code: v.string(), ...forTenant });
export type ExecuteParams = v.InferOutput<typeof executeSchema>;

export const executeFileSchema = v.object({
  /** Absolute. */
  path: v.string(),
  /** Told from the file's ending when absent. */
  language: v.optional(v.string()),
  ...forTenant,
});
export type ExecuteFileParams = v.InferOutput<typeof executeFileSchema>;
