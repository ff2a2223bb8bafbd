import type { During } from './calls.ts';
import type { Json, Nothing } from './json.ts';

/** What travels between plugins. */
export interface PluginMessage {
  readonly id: string;
  /** Milliseconds since the epoch, by the host's clock. */
  readonly timestamp: number;
  /** Id of the plugin that sent it. */
  readonly from: string;
  /** Ids of those it is for; empty for everyone who listens. */
  readonly to: readonly string[];
  readonly type: 'request' | 'response' | 'event' | 'broadcast';
  readonly method?: string | undefined;
  readonly data: Json;
  /** Id of a message that this one refers to. */
  readonly correlation?: string | undefined;
  /** Milliseconds. */
  readonly timeout?: number | undefined;
}

/** A request to another plugin: a `PluginMessage` of the type `request`, as far as its sender writes it. */
export interface MessageCallParams extends During {
  readonly plugin: string;
  readonly method: string;
  readonly args: Json;
  /** Milliseconds; 30 000 when absent. */
  readonly timeout?: number | undefined;
  /** The message's id; the host makes one when absent. */
  readonly id?: string | undefined;
  readonly correlation?: string | undefined;
  /** The arguments and the result are tagged JSON, so that their types last; see `docs/data-bridge.md`. */
  readonly typed?: true | undefined;
}

export interface BroadcastParams {
  readonly method: string;
  readonly data: Json;
  /** Plugin ids; every plugin that listens when absent. */
  readonly to?: readonly string[] | undefined;
  readonly correlation?: string | undefined;
}

/** Requests about messages between plugins. */
export interface MessageRequests {
  /** Resolves to what the other plugin's method returned. */
  readonly 'messages/call': readonly [MessageCallParams, Json];
  /** Resolves to the number of plugins it was handed to. */
  readonly 'messages/broadcast': readonly [BroadcastParams, number];
  /** From now on broadcasts come as notifications `message`. */
  readonly 'messages/listen': readonly [Nothing, null];
  readonly 'messages/unlisten': readonly [Nothing, null];
}
