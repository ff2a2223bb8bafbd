/**
 * The messages between the debug host and a plugin process: JSON-RPC 2.0 with Content-Length framing on file
 * descriptor 3, a Unix socket pair. `host → plugin` requests first, `plugin → host` second.
 *
 * Types only: the child decodes nothing it did not get from the host that launched it; the host decodes everything
 * through `protocol/plugin-schemas`.
 */

/** Raised whenever a message changes its meaning; host and SDK must agree exactly. */
export const PLUGIN_PROTOCOL_VERSION = 1;

/** Any value JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface InitializeParams {
  readonly protocolVersion: number;
  readonly pluginId: string;
  readonly pluginName: string;
  readonly version: string;
  /** Absolute path of the plugin's folder as the plugin sees it. */
  readonly pluginDir: string;
  /** Absolute path of the module to load. */
  readonly entry: string;
  /** How the profile expects a plugin module to look; see `docs/sdk-node.md`. */
  readonly profile: string;
}

export interface InitializeResult {
  readonly protocolVersion: number;
  readonly runtime: { readonly name: string; readonly version: string };
  readonly pid: number;
}

/** Where in the plugin's source something went wrong, as far as the runtime tells. 1-based line and column. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** `data` of an error answer that stems from plugin code. */
export interface PluginErrorData {
  readonly name: string;
  readonly stack?: string | undefined;
  readonly location?: SourceLocation | undefined;
}

export interface ActivateParams {
  readonly config: Readonly<Record<string, Json>>;
  /** What `getState` of the instance before returned; absent on a first start. */
  readonly state?: Json;
}

export interface ActivateResult {
  /** Which optional hooks the plugin has. */
  readonly hooks: readonly ('deactivate' | 'getState' | 'restoreState' | 'configure')[];
}

export interface InvokeParams {
  readonly method: string;
  readonly args: Json;
  /** Milliseconds the plugin has to answer; the host gives up then and cancels. */
  readonly deadline: number;
}

/** Requests the host sends: method → [params, result]. */
export interface HostToPluginRequests {
  /** First message on the wire. */
  readonly initialize: readonly [InitializeParams, InitializeResult];
  /** Imports the entry module; fails with {@link PluginErrorData} when it can't be loaded. */
  readonly load: readonly [Record<string, never>, Record<string, never>];
  readonly activate: readonly [ActivateParams, ActivateResult];
  readonly invoke: readonly [InvokeParams, Json];
  /** `null` when the plugin has no `getState`. */
  readonly getState: readonly [Record<string, never>, Json];
  readonly configure: readonly [{ readonly config: Readonly<Record<string, Json>> }, Record<string, never>];
  readonly deactivate: readonly [Record<string, never>, Record<string, never>];
}

/** Notifications the host sends. */
export interface HostToPluginNotifications {
  readonly event: { readonly name: string; readonly from: string; readonly data: Json };
  /** Asks to stop working on the request with that id. */
  readonly '$/cancelRequest': { readonly id: number };
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Requests a plugin sends: method → [params, result]. */
export interface PluginToHostRequests {
  readonly 'storage/get': readonly [{ readonly key: string }, Json];
  readonly 'storage/set': readonly [{ readonly key: string; readonly value: Json }, null];
  readonly 'storage/delete': readonly [{ readonly key: string }, boolean];
  readonly 'storage/keys': readonly [Record<string, never>, readonly string[]];
  readonly 'commands/register': readonly [{ readonly id: string }, null];
  readonly 'commands/unregister': readonly [{ readonly id: string }, null];
  /** Invokes a command of this or another running plugin by its id, or `pluginId:id`. */
  readonly 'commands/execute': readonly [{ readonly id: string; readonly args: Json }, Json];
  readonly 'events/subscribe': readonly [{ readonly name: string }, null];
  readonly 'events/unsubscribe': readonly [{ readonly name: string }, null];
  readonly 'events/emit': readonly [{ readonly name: string; readonly data: Json }, null];
  readonly 'config/set': readonly [{ readonly key: string; readonly value: Json }, null];
}

/** Notifications a plugin sends. */
export interface PluginToHostNotifications {
  readonly log: { readonly level: LogLevel; readonly message: string };
  readonly '$/cancelRequest': { readonly id: number };
}

/** JSON-RPC error codes beyond the standard ones. */
export const ErrorCode = {
  ParseError: -32700,
  InvalidRequest: -32600,
  MethodNotFound: -32601,
  InvalidParams: -32602,
  InternalError: -32603,
  /** The manifest does not grant it; `data` is a {@link PermissionDenial}. */
  PermissionDenied: -32001,
  Cancelled: -32002,
  DeadlineExceeded: -32003,
  /** Plugin code threw; `data` is {@link PluginErrorData}. */
  PluginFailed: -32004,
  LimitExceeded: -32005,
  /** No running plugin answers to that command. */
  UnknownCommand: -32006,
  /** The peer went away before it answered. */
  ConnectionClosed: -32007,
} as const;

/** Why a request was refused, and the line that would allow it. */
export interface PermissionDenial {
  readonly scope: string;
  readonly action: string;
  readonly resource: string;
  /** What to add to the manifest, in its own dialect: `"permissions": { "memory": { "maxSize": "10MB" } }`. */
  readonly grant: string;
}
