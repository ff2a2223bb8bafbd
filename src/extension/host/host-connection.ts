import type { Disposable, Event } from '../../base/index.ts';
import type {
  HostEvent,
  InvokePluginParams,
  PluginStatus,
  StartPluginParams,
} from '../../protocol/editor/index.ts';
import type { RpcClient } from './rpc-client.ts';

/** How a host process came to its end. */
export interface HostEnd {
  /** For people: `exit code 1`, `signal SIGKILL`. */
  readonly reason: string;
  /** The last lines it wrote to stderr; may be empty. */
  readonly lastWords: string;
}

/** A running debug host. Every call rejects with a `WorkbenchError` that the host sent, or with `PW-HOST-ENDED`. */
export interface HostConnection extends Disposable {
  readonly pid: number;
  readonly onEvent: Event<HostEvent>;
  /** Resolves when the process is gone; never rejects. */
  readonly ended: Promise<HostEnd>;
  start(params: StartPluginParams, signal?: AbortSignal): Promise<PluginStatus>;
  /** Stops it; with `force` although running plugins need it. */
  stop(pluginId: string, force?: boolean): Promise<void>;
  /** Any other request of the protocol. */
  readonly call: RpcClient['call'];
  reload(pluginId: string): Promise<PluginStatus>;
  list(): Promise<readonly PluginStatus[]>;
  invoke(params: InvokePluginParams, signal?: AbortSignal): Promise<unknown>;
  /** Asks it to stop its plugins and end; kills it when it does not within `deadlineMs`. Resolves when it is gone. */
  shutdown(deadlineMs: number): Promise<void>;
}
