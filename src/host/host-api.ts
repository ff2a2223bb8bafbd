import type { Event } from '../base/index.ts';
import type {
  ApprovalRequest,
  ApproveParams,
  CrashesParams,
  CrashReport,
  DependenciesParams,
  ExecuteFileParams,
  ExecuteParams,
  FindValueParams,
  GenerateSchemaParams,
  GiveParams,
  Grant,
  HealthReport,
  HostEvent,
  InvokePluginParams,
  KeepValueParams,
  NarrowParams,
  PluginResponse,
  PluginStatus,
  ReadAuditParams,
  RequestParams,
  ResolvedDependency,
  ResourceUsage,
  RevokeParams,
  RunMiddlewareParams,
  RuntimePaths,
  SendMessageParams,
  StartAllParams,
  StartAllResult,
  StartPluginParams,
  TestPluginParams,
  TestReport,
  TrustLevel,
  ValidateDataParams,
  Validation,
} from '../protocol/editor/index.ts';
import type { Json } from '../protocol/plugin/index.ts';
import type { AuditEntry } from './broker/audit.ts';
import type { ExecutorLanguage } from './executors.ts';
import type { RestartRules } from './health/restart-policy.ts';
import type { ShippedPaths } from './runtimes/index.ts';
import type { AskFrontEnd } from './services/desktop/index.ts';

/** What a debug host is made from. */
export interface DebugHostOptions extends ShippedPaths {
  /**
   * `<dataDir>/<plugin id>` holds what is kept for a plugin: `storage.json`, `state.json`, `config.json`,
   * `grants.json`, `disabled.json`, `audit.jsonl` and `crashes/`; for a tenant's plugin it is `<dataDir>/tenants/<tenant>/<plugin id>`.
   */
  readonly dataDir: string;
  /** The user's choice of Node.js; `undefined` for PATH and then the runtime of this process. */
  readonly nodePath?: string | undefined;
  /** The user's choice of the programs of other languages; `undefined` for PATH. */
  readonly runtimePaths?: RuntimePaths | undefined;
  /** Absolute folder for what is built for plugins; the user's own cache folder when absent. */
  readonly cacheDir?: string | undefined;
  /** Follow the system calls of plugins with strace, so that what the kernel refuses is in the audit in any language. Slow. */
  readonly trace?: boolean | undefined;
  /** Ids of plugins that the user lets run without a sandbox. */
  readonly unconfined: readonly string[];
  /** How far the user trusts plugins, by id: with how little confinement each may still be run. `untrusted` when absent. */
  readonly trust?: Readonly<Record<string, TrustLevel>> | undefined;
  /** Asks people, and the clipboard; `undefined` where there is no window. */
  readonly askFrontEnd?: AskFrontEnd | undefined;
  /** Whether a plugin that ended by itself is started again, for starts that don't say; `onCrash` when absent. */
  readonly restart?: 'never' | 'onCrash' | undefined;
  /** How often and how soon; the defaults of the workbench when absent. */
  readonly restartRules?: RestartRules | undefined;
  /** Approves whatever a manifest declares; otherwise a plugin starts only with what somebody has approved. */
  readonly approveAll?: boolean | undefined;
}

/** Runs plugins. Every failure that a user can cause is a `WorkbenchError`. `docs/host-api.md` explains it all. */
export interface DebugHost {
  readonly onEvent: Event<HostEvent>;
  /** Resolves when the plugin is active. A plugin that fails to start stays in the list as `failed`. */
  start(params: StartPluginParams, signal?: AbortSignal): Promise<PluginStatus>;
  /** Starts plugins in the order of their dependencies, independent ones at the same time. */
  startAll(params: StartAllParams, signal?: AbortSignal): Promise<StartAllResult>;
  /** @throws WorkbenchError `PW-PLUGIN-NEEDED` when running plugins depend on it, unless `force` */
  stop(pluginId: string, force?: boolean): Promise<void>;
  /** Ends its process and keeps its state; calls are refused until it is enabled. */
  disable(pluginId: string): Promise<PluginStatus>;
  /** Brings up a plugin that is disabled, waits or has failed. */
  enable(pluginId: string): Promise<PluginStatus>;
  /** When the new code can't be used the old serves on, and the status tells the `problem`. */
  reload(pluginId: string): Promise<PluginStatus>;
  /** Runs the plugin's own tests in a sandbox like its own; that some fail is in the report. */
  test(params: TestPluginParams, signal?: AbortSignal): Promise<TestReport>;
  list(): readonly PluginStatus[];
  status(pluginId: string): PluginStatus;
  /** `undefined` while it has no process. */
  usage(pluginId: string): ResourceUsage | undefined;
  invoke(params: InvokePluginParams, signal?: AbortSignal): Promise<Json>;
  /** Runs a chain of the plugins' middleware over a value, for a front-end; resolves to the value after it. */
  runMiddleware(params: RunMiddlewareParams, signal?: AbortSignal): Promise<Json>;
  /** Hands a message to plugins that listen, and waits for none of them; returns to how many. */
  sendMessage(params: SendMessageParams): number;
  /** Sends a message to one plugin; that it failed is in the response. */
  request(params: RequestParams, signal?: AbortSignal): Promise<PluginResponse>;
  /** A schema of a value as an example. Values are tagged JSON in these four: see `docs/data-bridge.md`. */
  generateSchema(params: GenerateSchemaParams): Json;
  validate(params: ValidateDataParams): Validation;
  /** Keeps a value for front-ends, apart from what plugins keep; it may go earlier when there is no room. */
  keepValue(params: KeepValueParams): void;
  /** `null` when it is not there, or not any more. */
  findValue(params: FindValueParams): Json;
  health(pluginId: string, signal?: AbortSignal): Promise<HealthReport>;
  /** Restarts those whose health is `unhealthy`, with the state saved last; resolves to their ids. */
  restartUnhealthy(signal?: AbortSignal): Promise<string[]>;
  /** Newest first. */
  crashReports(params: CrashesParams): Promise<CrashReport[]>;
  /** The plugins that the one in a folder needs, in the order they have to start in. */
  dependencies(params: DependenciesParams): Promise<ResolvedDependency[]>;
  /** Starts what the plugin in a folder needs, and not the plugin. */
  loadDependencies(params: StartPluginParams, signal?: AbortSignal): Promise<PluginStatus[]>;
  /** Runs code by the plugin whose manifest lists the language. */
  execute(params: ExecuteParams, signal?: AbortSignal): Promise<Json>;
  executeFile(params: ExecuteFileParams, signal?: AbortSignal): Promise<Json>;
  languages(): readonly ExecutorLanguage[];
  /** What a start of the folder would ask people for; `undefined` when all is approved. */
  approvalRequest(dir: string, tenant?: string): Promise<ApprovalRequest | undefined>;
  approve(params: ApproveParams): Promise<void>;
  grants(pluginId: string): Grant[];
  giveGrant(params: GiveParams): Promise<Grant[]>;
  narrowGrant(params: NarrowParams): Promise<Grant[]>;
  revokeGrant(params: RevokeParams): Promise<Grant[]>;
  /** Oldest first. */
  readAudit(params: ReadAuditParams): Promise<AuditEntry[]>;
  /** Stops all; afterwards no process and no temporary folder is left. */
  shutdown(): Promise<void>;
}
