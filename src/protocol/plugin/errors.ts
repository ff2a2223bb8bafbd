import type { Json } from './json.ts';

/** Where in the plugin's source something went wrong, as far as the runtime tells. 1-based line and column. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** `data` of an error answer that stems from plugin code. */
export interface PluginErrorData {
  /** The class of the error, such as `RangeError`. */
  readonly name: string;
  /** A word of the plugin's own for this failure, such as `NO_SUCH_CUSTOMER`. */
  readonly code?: string | undefined;
  /** Whatever explains it to a program. */
  readonly details?: Json | undefined;
  /** Only for whoever develops the plugin: another plugin never gets to see it. */
  readonly stack?: string | undefined;
  readonly location?: SourceLocation | undefined;
  /** The plugin that was asked, when the failure comes from another than the one that answers. */
  readonly plugin?: string | undefined;
}

/** Why a request was refused, and the line that would allow it. */
export interface PermissionDenial {
  readonly scope: string;
  readonly action: string;
  readonly resource: string;
  /** What to add to the manifest, in its own dialect: `"permissions": { "memory": { "maxSize": "10MB" } }`. */
  readonly grant: string;
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
  /** No running plugin answers to that command or method. */
  UnknownCommand: -32006,
  /** The peer went away before it answered. */
  ConnectionClosed: -32007,
  /** No plugin of that id runs. */
  UnknownPlugin: -32008,
  /** What was named does not exist: a file, a segment, a provider. */
  NotFound: -32009,
  /** The front-end offers no such service. */
  Unavailable: -32010,
} as const;
