import type { Json, Nothing, Settings } from './json.ts';

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
  /** Opens an inspector for debuggers, where the runtime has one. */
  readonly debug?: boolean;
}

export interface InitializeResult {
  readonly protocolVersion: number;
  readonly runtime: { readonly name: string; readonly version: string };
  readonly pid: number;
  /** Formats of structured values it can read and write (`json`, `msgpack`, `protobuf`); JSON alone when absent. */
  readonly formats?: readonly string[] | undefined;
  /** The WebSocket address of the inspector, as the process sees it; when it was asked for. */
  readonly inspector?: string | undefined;
}

export interface LoadParams {
  /** Blocks until the debugger that is connected says to go on. */
  readonly waitForDebugger?: boolean;
}

export interface ActivateParams {
  readonly config: Settings;
  /** What `getState` of the instance before returned; absent on a first start. */
  readonly state?: Json;
}

export interface ActivateResult {
  /** Which optional hooks the plugin has. */
  readonly hooks: readonly ('deactivate' | 'getState' | 'restoreState' | 'configure')[];
}

/** Requests by which the host moves a plugin through its life. */
export interface HostLifecycleRequests {
  /** First message on the wire. */
  readonly initialize: readonly [InitializeParams, InitializeResult];
  /** Imports the entry module; fails with `PluginErrorData` when it can't be loaded. */
  readonly load: readonly [LoadParams, Nothing];
  readonly activate: readonly [ActivateParams, ActivateResult];
  /** `null` when the plugin has no `getState`. */
  readonly getState: readonly [Nothing, Json];
  readonly configure: readonly [{ readonly config: Settings }, Nothing];
  readonly deactivate: readonly [Nothing, Nothing];
  /** Asks for a sign of life; answered whenever the plugin's code lets it. */
  readonly ping: readonly [Nothing, Nothing];
}
