import type { Json } from './json.ts';

/** Which plugin asked, and by which message. */
export interface Caller {
  readonly plugin: string;
  /** Id of the message that carries the call. */
  readonly message: string;
  /** What the message refers to, when its sender said so. */
  readonly correlation?: string | undefined;
}

/** What each request has by which a plugin is made to work for somebody. */
export interface CallParams {
  /** Milliseconds the plugin has to answer; the host gives up then and cancels. */
  readonly deadline: number;
  /** Names this call until it is answered: what the plugin asks for meanwhile says so as {@link During}. */
  readonly call: string;
  /** Absent when no plugin asked. */
  readonly caller?: Caller | undefined;
}

/** What each request has that may make another plugin work. */
export interface During {
  /**
   * `call` of the request of the host that the plugin is answering. It makes what is asked for end with that call,
   * keeps it within its deadline, and lets the host see circles. Without it a new chain of calls begins.
   */
  readonly during?: string | undefined;
}

export interface InvokeParams extends CallParams {
  readonly method: string;
  readonly args: Json;
  /** The arguments and the result are tagged JSON, so that their types last; see `docs/data-bridge.md`. */
  readonly typed?: true | undefined;
}

/** The request by which the host has a command or method of a plugin carried out. */
export interface HostCallRequests {
  readonly invoke: readonly [InvokeParams, Json];
}

/** Requests about commands. */
export interface CommandRequests {
  readonly 'commands/register': readonly [{ readonly id: string }, null];
  readonly 'commands/unregister': readonly [{ readonly id: string }, null];
  /** Invokes a command of this or another running plugin by its id, or `pluginId:id`. */
  readonly 'commands/execute': readonly [{ readonly id: string; readonly args: Json } & During, Json];
}
