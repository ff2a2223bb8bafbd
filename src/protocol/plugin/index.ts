/**
 * The messages between the debug host and a plugin process: JSON-RPC 2.0 with Content-Length framing on file
 * descriptor 3, a Unix socket pair. Each area of it has a file; here they come together.
 *
 * Types only: the child decodes nothing it did not get from the host that launched it; the host decodes everything
 * through `protocol/plugin-schemas`.
 */
import type { CommandRequests, HostCallRequests } from './calls.ts';
import type { DataRequests } from './data.ts';
import type { EventNotification, EventRequests } from './events.ts';
import type { HookRequests, HostHookRequests } from './hooks.ts';
import type { HostLifecycleRequests } from './lifecycle.ts';
import type { LogNotification } from './log.ts';
import type { MemoryNotifications, MemoryRequests } from './memory.ts';
import type { MessageRequests, PluginMessage } from './messages.ts';
import type { HostMiddlewareRequests, MiddlewareRequests } from './middleware.ts';
import type { ObservedNotification } from './observed.ts';
import type { HostProviderRequests, ProviderRequests } from './providers.ts';
import type { ResourceRequests } from './resources.ts';
import type { StorageRequests } from './storage.ts';

export type { Caller, CallParams, During, InvokeParams } from './calls.ts';
export {
  ErrorCode,
  type PermissionDenial,
  type PluginErrorData,
  type SourceLocation,
} from './errors.ts';
export type { EventNotification } from './events.ts';
export type { HookMode, HookOutcome } from './hooks.ts';
export type { Json } from './json.ts';
export type {
  ActivateParams,
  ActivateResult,
  InitializeParams,
  InitializeResult,
  LoadParams,
} from './lifecycle.ts';
export type { LogLevel } from './log.ts';
export type { MemoryAccess, MemoryHandle, MemoryNotifications } from './memory.ts';
export type { BroadcastParams, MessageCallParams, PluginMessage } from './messages.ts';
export type { MiddlewareHandleParams } from './middleware.ts';
export type { ObservedNotification } from './observed.ts';
export type { ProviderEntry } from './providers.ts';
export type {
  FetchParams,
  FetchResult,
  FileFacts,
  FileKind,
  NotificationParams,
  RunParams,
  RunResult,
} from './resources.ts';

/** Raised whenever a message changes its meaning; host and SDK must agree exactly. */
export const PLUGIN_PROTOCOL_VERSION = 2;

/** Requests the host sends: method → [params, result]. */
export interface HostToPluginRequests
  extends HostLifecycleRequests,
    HostCallRequests,
    HostHookRequests,
    HostMiddlewareRequests,
    HostProviderRequests {}

/** Notifications the host sends. */
export interface HostToPluginNotifications extends MemoryNotifications {
  readonly event: EventNotification;
  /** A broadcast, for a plugin that listens. */
  readonly message: { readonly message: PluginMessage };
  /** What the plugin may do has changed: something was given, narrowed, revoked or has expired. */
  readonly capabilities: { readonly changed: true };
  /** Asks to stop working on the request with that id. */
  readonly '$/cancelRequest': { readonly id: number };
}

/** Requests a plugin sends: method → [params, result]. */
export interface PluginToHostRequests
  extends StorageRequests,
    CommandRequests,
    EventRequests,
    MessageRequests,
    HookRequests,
    MiddlewareRequests,
    ProviderRequests,
    MemoryRequests,
    DataRequests,
    ResourceRequests {}

/** Notifications a plugin sends. */
export interface PluginToHostNotifications {
  readonly log: LogNotification;
  readonly observed: ObservedNotification;
  readonly '$/cancelRequest': { readonly id: number };
}
