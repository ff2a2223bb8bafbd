import * as v from 'valibot';

/**
 * The messages between a front-end and the debug host process: JSON-RPC over the host's stdin and stdout
 * (vscode-jsonrpc). Each has one schema; both sides decode with it what they receive.
 */

/** Raised whenever a message changes its meaning. */
export const EDITOR_PROTOCOL_VERSION = 1;

export const pluginStateSchema = v.picklist([
  'starting',
  'running',
  'reloading',
  'stopping',
  'stopped',
  'failed',
]);
/** Where a plugin is in its life, as people see it. */
export type PluginState = v.InferOutput<typeof pluginStateSchema>;

export const confinementSchema = v.object({
  /** `sandboxed`: the kernel confines it; `unconfined`: the user switched the sandbox off for this plugin. */
  level: v.picklist(['sandboxed', 'unconfined']),
  /** One sentence for people: what is enforced, and by what. */
  description: v.string(),
});
export type Confinement = v.InferOutput<typeof confinementSchema>;

export const resourceUsageSchema = v.object({
  pluginId: v.string(),
  /** Milliseconds since the epoch. */
  timestamp: v.number(),
  memory: v.object({
    /** Private bytes: what it wrote and shares with nobody. */
    used: v.number(),
    /** Resident bytes, shared pages included. */
    resident: v.number(),
    peak: v.number(),
    limit: v.number(),
  }),
  /** 100 is one whole core. */
  cpu: v.object({ percent: v.number(), limit: v.number() }),
  io: v.object({
    fileHandles: v.number(),
    diskReadBytes: v.number(),
    diskWriteBytes: v.number(),
  }),
  /** Calls answered in the last second, and their median latency in milliseconds (0 without calls). */
  calls: v.object({ perSecond: v.number(), total: v.number(), medianMs: v.number() }),
});
export type ResourceUsage = v.InferOutput<typeof resourceUsageSchema>;

export const problemSchema = v.object({
  code: v.string(),
  message: v.string(),
  nextStep: v.optional(v.string()),
  /** Absolute path and 1-based place in the plugin's source, when known. */
  location: v.optional(v.object({ file: v.string(), line: v.number(), column: v.number() })),
});
/** Why a plugin failed, for a front-end to show. */
export type Problem = v.InferOutput<typeof problemSchema>;

export const pluginStatusSchema = v.object({
  pluginId: v.string(),
  name: v.string(),
  version: v.string(),
  dir: v.string(),
  state: pluginStateSchema,
  /** Counts reloads; 1 is the first start. */
  generation: v.number(),
  pid: v.optional(v.number()),
  confinement: v.optional(confinementSchema),
  /** Such as `node 24.1.0 (PATH: /usr/bin/node)`. */
  runtime: v.optional(v.string()),
  /** Ids of the commands it has registered. */
  commands: v.array(v.object({ id: v.string(), title: v.string() })),
  problem: v.optional(problemSchema),
});
export type PluginStatus = v.InferOutput<typeof pluginStatusSchema>;

export const hostEventSchema = v.variant('type', [
  v.object({ type: v.literal('state'), status: pluginStatusSchema }),
  v.object({
    type: v.literal('log'),
    pluginId: v.string(),
    timestamp: v.number(),
    /** `sdk`: the plugin's logger; `host`: what the host says about it. */
    source: v.picklist(['sdk', 'stdout', 'stderr', 'host']),
    level: v.picklist(['debug', 'info', 'warn', 'error']),
    message: v.string(),
  }),
  v.object({ type: v.literal('usage'), usage: resourceUsageSchema }),
  v.object({
    type: v.literal('violation'),
    pluginId: v.string(),
    timestamp: v.number(),
    /** `memory`, `cpu`, `fileHandles`, `messageSize`, `messageRate`, `protocol`… */
    resource: v.string(),
    used: v.number(),
    limit: v.number(),
    /** What the host did about it. */
    action: v.picklist(['warned', 'refused', 'killed']),
    message: v.string(),
  }),
  v.object({
    type: v.literal('audit'),
    pluginId: v.string(),
    timestamp: v.number(),
    scope: v.string(),
    action: v.string(),
    resource: v.string(),
    allowed: v.boolean(),
    /** The manifest line that would allow it, when denied. */
    grant: v.optional(v.string()),
  }),
  /** A reload that failed while the old instance serves on, or a crash; `undefined` problem clears it. */
  v.object({
    type: v.literal('problem'),
    pluginId: v.string(),
    dir: v.string(),
    problem: v.optional(problemSchema),
  }),
]);
/** Everything the debug host tells about its plugins, one at a time. */
export type HostEvent = v.InferOutput<typeof hostEventSchema>;

export const initializeHostSchema = v.object({
  protocolVersion: v.literal(EDITOR_PROTOCOL_VERSION),
  /** Folder for storage, state snapshots and audit logs; made when missing. */
  dataDir: v.string(),
  /** The user's choice of node, or undefined for PATH and then the editor's own runtime. */
  nodePath: v.optional(v.string()),
  /** The user's choice of the other languages' programs: files, or commands on PATH. Absent ones are found on PATH. */
  runtimePaths: v.optional(
    v.object({
      python: v.optional(v.string()),
      go: v.optional(v.string()),
      cargo: v.optional(v.string()),
    }),
  ),
  /** Ids of plugins the user lets run without a sandbox. */
  unconfined: v.array(v.string()),
});
/** The user's choice of programs by language; `undefined` for PATH. */
export type RuntimePaths = NonNullable<InitializeHostParams['runtimePaths']>;
export type InitializeHostParams = v.InferOutput<typeof initializeHostSchema>;

export const startPluginSchema = v.object({
  dir: v.string(),
  /** Reload when a source file changes. */
  watch: v.boolean(),
  /** Take up the state the plugin had when the host before died. */
  recover: v.optional(v.boolean()),
  config: v.optional(v.record(v.string(), v.unknown())),
});
export type StartPluginParams = v.InferOutput<typeof startPluginSchema>;

export const pluginIdSchema = v.object({ pluginId: v.string() });

export const invokePluginSchema = v.object({
  pluginId: v.string(),
  method: v.string(),
  args: v.unknown(),
  /** Milliseconds; the host's default (30 s) when absent. */
  deadline: v.optional(v.number()),
});
export type InvokePluginParams = v.InferOutput<typeof invokePluginSchema>;

/** Error `data` of a failed request: a `WorkbenchError` in transit. */
export const failureSchema = v.object({
  code: v.string(),
  nextStep: v.optional(v.string()),
  details: v.optional(v.record(v.string(), v.unknown())),
});

/** Method names of the editor protocol, with the schemas of what travels under them. */
export const editorMethods = {
  initialize: {
    name: 'host/initialize',
    params: initializeHostSchema,
    result: v.object({ pid: v.number() }),
  },
  start: { name: 'plugins/start', params: startPluginSchema, result: pluginStatusSchema },
  stop: { name: 'plugins/stop', params: pluginIdSchema, result: v.null() },
  reload: { name: 'plugins/reload', params: pluginIdSchema, result: pluginStatusSchema },
  list: { name: 'plugins/list', params: v.object({}), result: v.array(pluginStatusSchema) },
  invoke: { name: 'plugins/invoke', params: invokePluginSchema, result: v.object({ value: v.unknown() }) },
  shutdown: { name: 'host/shutdown', params: v.object({}), result: v.null() },
} as const;

/** The one notification, host → front-end. */
export const HOST_EVENT = 'host/event';
