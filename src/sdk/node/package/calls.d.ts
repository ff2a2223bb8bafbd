// biome-ignore-all lint/suspicious/noExplicitAny: what arrives from outside has the type that the plugin's author gives it

/** Calls of commands and methods, and messages. */
import type { Disposable, Json, StructuredValue } from './values.d.ts';

/** Which plugin asked, and by which message. */
export interface Caller {
  readonly plugin: string;
  /** Id of the message that carries the call. */
  readonly message: string;
  /** Id of a message that this one refers to, when its sender said so. */
  readonly correlation?: string | undefined;
}

/** What a handler gets besides what it is asked. */
export interface CommandCall {
  /** Aborts when the caller gave up or the deadline passed. Hand it on to whatever takes long. */
  readonly signal: AbortSignal;
  /** Milliseconds there were to answer when the call came. Calls of others made meanwhile end with it. */
  readonly deadline: number;
  /** Absent when no plugin asked. */
  readonly caller?: Caller | undefined;
}

/** Answers a command. What it returns must be JSON; `undefined` becomes `null`. */
export type CommandHandler<Args = any, Result = unknown> = (
  args: Args,
  call: CommandCall,
) => Result | Promise<Result>;

/** Commands that people and other plugins run. */
export interface Commands {
  /**
   * Answers a command from now on, until the result is disposed (or the plugin ends).
   *
   * It returns at once. When the host refuses the command, `activate` fails with the reason.
   *
   * @example
   * commands.register('greet', (args, { signal }) => `Hello, ${args.name}!`);
   * @throws Error when this plugin has registered the id already
   */
  register<Args = any, Result = unknown>(id: string, handler: CommandHandler<Args, Result>): Disposable;
  /**
   * Runs a command of this plugin or another one and resolves to its result.
   *
   * @param id the command's id, or `pluginId:id` to say whose
   * @throws PluginCallError when nobody answers to it or the command fails
   */
  execute<Result = Json>(
    id: string,
    args?: Json,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Result>;
}

/** How another plugin is asked. */
export interface CallOptions {
  /** Milliseconds; 30 000 when absent, and never more than is left of the call that the plugin is answering. */
  readonly timeout?: number;
  /** Gives the call up; the other plugin is told. */
  readonly signal?: AbortSignal;
  /** Id of a message that this one refers to. */
  readonly correlation?: string;
  /**
   * Arguments and result keep their types: `bigint`, `Uint8Array`, `Date`, NaN. The other plugin gets them in its
   * language’s types.
   */
  readonly typed?: true;
}

/** The other plugins. */
export interface Plugins {
  /**
   * Calls a method that another plugin exposes, in whatever language it is written.
   *
   * @throws PluginCallError when there is none, or it fails: then `data` has the `name`, `code` and `details` of the
   * other plugin's error
   * @throws PermissionDeniedError when the manifest doesn't list the method among those it consumes
   * @example const total = await plugins.call('calculator', 'sum', [1, 2, 3], { timeout: 5000 });
   */
  call<Result = Json>(plugin: string, method: string, args?: Json, options?: CallOptions): Promise<Result>;
  /** The same with types; see {@link CallOptions.typed}. */
  call<Result = StructuredValue>(
    plugin: string,
    method: string,
    args: StructuredValue,
    options: CallOptions & { readonly typed: true },
  ): Promise<Result>;
}

/** A message between plugins. */
export interface PluginMessage<Data = any> {
  readonly id: string;
  /** Milliseconds since the epoch, by the host's clock. */
  readonly timestamp: number;
  /** Id of the plugin that sent it. */
  readonly from: string;
  /** Ids of those it is for; empty for everyone who listens. */
  readonly to: readonly string[];
  readonly type: 'request' | 'response' | 'event' | 'broadcast';
  readonly method?: string | undefined;
  readonly data: Data;
  readonly correlation?: string | undefined;
  readonly timeout?: number | undefined;
}

/** The answer to a request, as a message. */
export interface PluginResponse<Data = any> {
  readonly id: string;
  /** Id of the request; the other plugin sees it as `caller.message`. */
  readonly correlationId: string;
  readonly success: boolean;
  /** Present when it succeeded. */
  readonly data?: Data;
  /** Present when it failed. */
  readonly error?: {
    /** The other plugin's own `code`, else the name of the error in the protocol: `UnknownPlugin`, `Cancelled`… */
    readonly code: string;
    readonly message: string;
    readonly details?: Json;
  };
}

/** Hears of broadcasts. What it throws is logged. */
export type MessageHandler<Data = any> = (message: PluginMessage<Data>) => void | Promise<void>;

/** Messages between plugins. */
export interface Messages {
  /** The same as {@link Plugins.call}. */
  call: Plugins['call'];
  /** Like `call`, but what goes wrong is in the response; it rejects only for what is no answer, such as no JSON. */
  request<Data = Json>(
    plugin: string,
    method: string,
    data?: Json,
    options?: CallOptions,
  ): Promise<PluginResponse<Data>>;
  /**
   * Sends a message to every other plugin that listens, or to some of them. It waits for none of them.
   *
   * @returns to how many it was handed
   */
  broadcast(
    method: string,
    data?: Json,
    options?: { readonly to?: readonly string[]; readonly correlation?: string },
  ): Promise<number>;
  /** Calls the handler for each broadcast of another plugin. */
  onMessage<Data = any>(handler: MessageHandler<Data>): Disposable;
}
