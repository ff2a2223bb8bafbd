import * as v from 'valibot';
import { approvalRequestSchema, auditEntrySchema, grantSchema } from './grants.ts';
import { crashReportSchema, healthReportSchema } from './health.ts';
import { pluginConditionSchema, pluginStageSchema, pluginStateSchema } from './lifecycle.ts';
import { problemSchema } from './problem.ts';
import { testOutcomeSchema } from './testing.ts';
import { isolationSchema, trustLevelSchema, trustSchema } from './trust.ts';

/**
 * The messages between a front-end and the debug host process: JSON-RPC over the host's stdin and stdout
 * (vscode-jsonrpc). Each has one schema; both sides decode with it what they receive.
 */

/** Raised whenever a message changes its meaning. */
export const EDITOR_PROTOCOL_VERSION = 1;

export const confinementSchema = v.object({
  /**
   * `container`: an image of its own; `sandboxed`: the kernel confines it; `reduced`: it does, with less, because this
   * system allows no namespaces; `unconfined`: the user switched the sandbox off for this plugin.
   */
  level: v.picklist(['container', 'sandboxed', 'reduced', 'unconfined']),
  /** One sentence for people: what is enforced, and by what. */
  description: v.string(),
});
export type Confinement = v.InferOutput<typeof confinementSchema>;

export const resourceViolationSchema = v.object({
  /** Milliseconds since the epoch. */
  timestamp: v.number(),
  /** `memory`, `cpu`, `fileHandles`, `processes`, `connections`, `disk`, or a bound of the wire. */
  resource: v.string(),
  used: v.number(),
  limit: v.number(),
  action: v.picklist(['alerted', 'warned', 'killed']),
});
export type ResourceViolation = v.InferOutput<typeof resourceViolationSchema>;

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
    /** Private bytes of the process that waits for the next reload, which `used` does not count; absent without one. */
    standby: v.optional(v.number()),
  }),
  /** 100 is one whole core. */
  cpu: v.object({ percent: v.number(), limit: v.number() }),
  io: v.object({
    fileHandles: v.number(),
    /** Established TCP connections. */
    networkConnections: v.number(),
    /** The plugin's process and all it started. */
    processes: v.number(),
    diskReadBytes: v.number(),
    diskWriteBytes: v.number(),
  }),
  /** Calls answered in the last second, and their median latency in milliseconds (0 without calls). */
  calls: v.object({ perSecond: v.number(), total: v.number(), medianMs: v.number() }),
  /** The latest times it came near a limit or over it, oldest first; at most 20. */
  violations: v.array(resourceViolationSchema),
});
export type ResourceUsage = v.InferOutput<typeof resourceUsageSchema>;

export const pluginStatusSchema = v.object({
  /**
   * How requests and events name it: the manifest's id, `<id>@<version>` when several versions may run, and
   * `<tenant>/` before it for a tenant's plugin.
   */
  pluginId: v.string(),
  /** Absent for the plugins of no tenant. */
  tenant: v.optional(v.string()),
  name: v.string(),
  version: v.string(),
  dir: v.string(),
  state: pluginStateSchema,
  /** Which of the eight stages of its life it is in. */
  stage: v.optional(pluginStageSchema),
  /** The state in the coarse words of a plugin store. */
  condition: v.optional(pluginConditionSchema),
  /** How often it was started again after it ended by itself. */
  restarts: v.optional(v.number()),
  /** Counts reloads; 1 is the first start. */
  generation: v.number(),
  pid: v.optional(v.number()),
  /** A second process, started and without the plugin's code, that waits for the next reload of a watched plugin. */
  standbyPid: v.optional(v.number()),
  confinement: v.optional(confinementSchema),
  trust: v.optional(trustSchema),
  isolation: v.optional(isolationSchema),
  /** Such as `node 24.1.0 (PATH: /usr/bin/node)`. */
  runtime: v.optional(v.string()),
  /** Ids of the commands it has registered. */
  commands: v.array(v.object({ id: v.string(), title: v.string() })),
  problem: v.optional(problemSchema),
  /** How a debugger reaches it, when it was started with `debug`: the Chrome DevTools Protocol at a WebSocket address. */
  debug: v.optional(v.object({ type: v.literal('node'), url: v.string() })),
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
    action: v.picklist(['alerted', 'warned', 'refused', 'killed']),
    message: v.string(),
  }),
  v.object({
    type: v.literal('audit'),
    pluginId: v.string(),
    ...auditEntrySchema.entries,
  }),
  /** A reload that failed while the old instance serves on, or a crash; `undefined` problem clears it. */
  v.object({
    type: v.literal('problem'),
    pluginId: v.string(),
    dir: v.string(),
    problem: v.optional(problemSchema),
  }),
  /** A plugin process ended by itself. */
  v.object({ type: v.literal('crash'), report: crashReportSchema }),
  /** The health of a plugin has changed. */
  v.object({ type: v.literal('health'), report: healthReportSchema }),
  /** A changed manifest asks for more than was approved; until it is, the plugin runs without. */
  v.object({ type: v.literal('approvalNeeded'), request: approvalRequestSchema }),
  /** What a running plugin may do has changed. */
  /** The tests of a plugin run: what came of one, or a line that was written. */
  v.object({
    type: v.literal('test'),
    pluginId: v.string(),
    dir: v.string(),
    test: v.optional(testOutcomeSchema),
    output: v.optional(v.string()),
  }),
  v.object({ type: v.literal('grants'), pluginId: v.string(), grants: v.array(grantSchema) }),
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
  /** How far the user trusts plugins, by id; `untrusted` when absent. */
  trust: v.optional(v.record(v.string(), trustLevelSchema)),
  /** Follow the system calls of plugins, so that what the kernel refuses is in the audit in any language. Slow. */
  trace: v.optional(v.boolean()),
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
  /** What happens when it ends by itself; the host's default when absent. */
  restart: v.optional(v.picklist(['never', 'onCrash'])),
  /** List and check it; its process starts with the first call. */
  lazy: v.optional(v.boolean()),
  /** Folders of plugins among which its dependencies are looked for. */
  knownDirs: v.optional(v.array(v.string())),
  /** Approves for this run, and is not remembered: keys of capabilities, or all that the manifest declares. */
  approve: v.optional(v.union([v.literal('all'), v.array(v.string())])),
  /** Whose plugin it is: data, grants, events and commands of tenants are kept apart. */
  tenant: v.optional(v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._-]{0,63}$/))),
  /** Other versions of it may run beside it; calls choose by `<id>@<version>`. */
  sideBySide: v.optional(v.boolean()),
  /** Lets a debugger in by the status's `debug`; no code of the plugin is loaded before one is there, and calls have no deadline. */
  debug: v.optional(v.boolean()),
});
export type StartPluginParams = v.InferOutput<typeof startPluginSchema>;

export const pluginIdSchema = v.object({ pluginId: v.string() });

export const stopPluginSchema = v.object({
  pluginId: v.string(),
  /** Stop it although running plugins depend on it. */
  force: v.optional(v.boolean()),
});

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

/** The one notification, host → front-end. */
export const HOST_EVENT = 'host/event';
