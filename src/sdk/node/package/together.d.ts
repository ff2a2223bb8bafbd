// biome-ignore-all lint/suspicious/noExplicitAny: what arrives from outside has the type that the plugin's author gives it

/** How plugins take part in what others do: events, hooks, middleware, providers. */
import type { CommandCall } from './calls.d.ts';
import type { Disposable, Json, StructuredValue } from './values.d.ts';

/** Where an event came from. */
export interface EventInfo {
  readonly name: string;
  /** Id of the plugin that announced it. */
  readonly from: string;
  /** What was listened to: the name, or the pattern that it matches. */
  readonly pattern: string;
}

/** Hears of an event. What it throws is logged. */
export type EventHandler<Data = any> = (data: Data, info: EventInfo) => void | Promise<void>;

/** Announcements between plugins, by name. */
export interface Events {
  /**
   * Calls the handler whenever the event is announced. Names are lists of parts, separated by dots or colons; a part
   * `*` stands for one part, `**` for any number of them.
   *
   * @example events.on('orders.*', (order, { name }) => …);
   */
  on<Data = any>(name: string, handler: EventHandler<Data>): Disposable;
  /** Calls the handler the next time only. */
  once<Data = any>(name: string, handler: EventHandler<Data>): Disposable;
  /** Takes back `on` or `once`; without a handler, all for that event. */
  off(name: string, handler?: EventHandler): void;
  /**
   * Announces an event to every plugin that listens. Resolves once the host has passed it on.
   *
   * @throws PluginCallError when the manifest doesn't list the event
   */
  emit(name: string, data?: Json): Promise<void>;
}

/** Which handler comes first. */
export interface Ranking {
  /** Lower numbers come first; 0 when absent, and equal ones as they were registered. */
  readonly priority?: number;
}

/** Takes part in a hook: what it returns is the value for the next, or its entry in the list. */
export type HookHandler<Value = any, Result = unknown> = (
  value: Value,
  call: CommandCall & { readonly hook: string },
) => Result | Promise<Result>;

/** What one plugin made of a hook that was run to collect. */
export type HookOutcome<Result = Json> =
  | { readonly plugin: string; readonly value: Result; readonly error?: never }
  | {
      readonly plugin: string;
      readonly value?: never;
      readonly error: { readonly code: number; readonly message: string; readonly data?: Json };
    };

/** Places where plugins take part in what another does. Each handler has ten seconds. */
export interface Hooks {
  /**
   * Takes part in a hook, once a plugin.
   *
   * @throws Error when this plugin has a handler for it already
   */
  register<Value = any>(hook: string, handler: HookHandler<Value>, ranking?: Ranking): Disposable;
  /**
   * Hands a value from handler to handler; resolves to what the last one returned, or the value itself without any.
   *
   * @throws PluginCallError of the first handler that fails; its message names the plugin
   */
  run<Value = Json>(hook: string, value?: Json, options?: { readonly signal?: AbortSignal }): Promise<Value>;
  /** Hands the same value to all handlers; resolves to what each made of it, failures included. */
  collect<Result = Json>(
    hook: string,
    value?: Json,
    options?: { readonly signal?: AbortSignal },
  ): Promise<HookOutcome<Result>[]>;
}

/** The rest of a chain: resolves to what comes of the value there; without one, of the value the handler got. */
export type Next<Value = any> = (value?: Json) => Promise<Value>;

/** A plugin's part of a chain: what it returns goes back to the one before it. */
export type MiddlewareHandler<Value = any> = (
  value: Value,
  next: Next<Value>,
  call: CommandCall,
) => unknown | Promise<unknown>;

/** Chains through which a value goes, from plugin to plugin and back. */
export interface Middleware {
  /**
   * Takes part in a chain, once a plugin. Without a call of `next` the chain is cut short.
   *
   * @example
   * middleware.use('requests', async (request, next) => {
   *   const response = await next({ ...request, began: Date.now() });
   *   return { ...response, seen: true };
   * }, { priority: 10 });
   * @throws Error when this plugin has a handler for it already
   */
  use<Value = any>(chain: string, handler: MiddlewareHandler<Value>, ranking?: Ranking): Disposable;
  /**
   * Sends a value through a chain; resolves to what comes back.
   *
   * @throws PluginCallError when a handler fails and none before it catches that
   */
  run<Value = Json>(chain: string, value?: Json, options?: { readonly signal?: AbortSignal }): Promise<Value>;
}

/** What is provided: an object whose methods others call, as `method(args, call)`. */
export type Provider = object;

/** Something a plugin provides to others. */
export interface ProviderEntry {
  readonly kind: string;
  readonly id: string;
  /** Id of the plugin that provides it. */
  readonly plugin: string;
  /** What it says about itself; `null` when nothing. */
  readonly info: Json;
}

/** How a provider is asked. */
export interface ProviderCallOptions {
  /** The one that was registered first when absent. */
  readonly id?: string;
  /** Milliseconds; 30 000 when absent. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

/** Things plugins provide to one another, by kind. */
export interface Providers {
  /**
   * Provides an object from now on, until the result is disposed (or the plugin ends).
   *
   * @example providers.register('search', 'fulltext', { find: async ({ words }) => index.find(words) });
   * @throws Error when this plugin provides one of that kind and id already
   */
  register(kind: string, id: string, provider: Provider, options?: { readonly info?: Json }): Disposable;
  /** Those of a kind, the default one first. */
  list(kind: string): Promise<ProviderEntry[]>;
  /**
   * Calls a method of a provider: of the one with that id, else of the one that was registered first.
   *
   * @throws PluginCallError when there is none, or it fails
   */
  call<Result = Json>(
    kind: string,
    method: string,
    args?: Json,
    options?: ProviderCallOptions,
  ): Promise<Result>;
  /** The same with types; see {@link CallOptions.typed}. */
  call<Result = StructuredValue>(
    kind: string,
    method: string,
    args: StructuredValue,
    options: ProviderCallOptions & { readonly typed: true },
  ): Promise<Result>;
}
