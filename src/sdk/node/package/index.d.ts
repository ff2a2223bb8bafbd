// biome-ignore-all lint/suspicious/noExplicitAny: what arrives from outside has the type that the plugin's author gives it

/**
 * The types of a plugin for Node. In TypeScript they are imported with `import type`; in JavaScript a doc comment
 * names them: `@param {import('plugin-workbench').PluginContext} context`.
 */

/** Any value JSON can carry. Everything that leaves the plugin's process must be one. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Something that holds on to a resource until `dispose` is called; a second call does nothing. */
export interface Disposable {
  dispose(): void;
}

/** What a plugin gets from the host that runs it; the argument of `activate`. */
export interface PluginContext {
  /** The plugin's id in this host, from its manifest. */
  readonly pluginId: string;
  /** The plugin's name for people, from its manifest. */
  readonly name: string;
  /** The plugin's version (semver), from its manifest. */
  readonly version: string;
  /** Absolute path of the plugin's folder; it is read-only. */
  readonly pluginDir: string;
  /** Writes to the plugin's log in the host. */
  readonly log: Logger;
  /** The same as {@link PluginContext.log}. */
  readonly logger: Logger;
  /** The plugin's settings. */
  readonly config: Config;
  /** Values that are kept from one run to the next. */
  readonly storage: Storage;
  /** Commands that people and other plugins run. */
  readonly commands: Commands;
  /** Announcements between plugins. */
  readonly events: Events;
  /** The same as {@link PluginContext.events}. */
  readonly eventBus: Events;
  /** Functions to call when the plugin has been activated, and before it ends. */
  readonly lifecycle: Lifecycle;
  /** What is put here is disposed when the plugin is deactivated, the last one first. */
  readonly subscriptions: Disposable[];
}

/** Writes to the plugin's log. Further arguments are formatted as `console.log` does. */
export interface Logger {
  /** For whoever develops the plugin. */
  debug(message: unknown, ...more: unknown[]): void;
  info(message: unknown, ...more: unknown[]): void;
  warn(message: unknown, ...more: unknown[]): void;
  /** For what went wrong; an `Error` is written with its stack. */
  error(message: unknown, ...more: unknown[]): void;
}

/** A setting that was changed. */
export interface ConfigChange {
  readonly key: string;
  /** The new value; `undefined` when the setting is gone. */
  readonly value: Json | undefined;
  /** The value before; `undefined` when there was none. */
  readonly previous: Json | undefined;
}

/** The plugin's settings. Reading is immediate; the host keeps them current. */
export interface Config {
  /**
   * The value of a setting, or `fallback` when it has none.
   *
   * @example const limit = config.get('limit', 10);
   */
  get<T = Json>(key: string): T | undefined;
  get<T>(key: string, fallback: T): T;
  /** All settings, as a copy. */
  getAll(): Record<string, Json>;
  /**
   * Changes a setting, for good.
   *
   * @throws PluginCallError when the host can't store it
   */
  set(key: string, value: Json): Promise<void>;
  /** Calls the listener after each change of a setting, whoever made it. */
  onDidChange(listener: (change: ConfigChange) => void): Disposable;
}

/** Values that are kept from one run to the next, for this plugin alone. */
export interface Storage {
  /**
   * The value kept under a key; `undefined` when there is none.
   *
   * @throws PermissionDeniedError when the manifest does not grant reading
   */
  get<T = Json>(key: string): Promise<T | undefined>;
  /**
   * Keeps a value. It is safe on the disk once the promise resolves.
   *
   * @throws PermissionDeniedError when the manifest does not grant writing
   */
  set(key: string, value: Json): Promise<void>;
  /** Forgets a value; false when there was none. */
  delete(key: string): Promise<boolean>;
  /** The keys in use. */
  keys(): Promise<string[]>;
}

/** What a command handler gets besides its arguments. */
export interface CommandCall {
  /** Aborts when the caller gave up or the deadline passed. Hand it on to whatever takes long. */
  readonly signal: AbortSignal;
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

/** Where an event came from. */
export interface EventInfo {
  readonly name: string;
  /** Id of the plugin that announced it. */
  readonly from: string;
}

/** Hears of an event. What it throws is logged. */
export type EventHandler<Data = any> = (data: Data, info: EventInfo) => void | Promise<void>;

/** Announcements between plugins, by name. */
export interface Events {
  /** Calls the handler whenever the event is announced. */
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

/** Functions to call at turns of the plugin's life. */
export interface Lifecycle {
  /** Called after `activate`, before the first command. A failure fails the activation. */
  onActivate(handler: () => void | Promise<void>): Disposable;
  /** Called before the plugin ends, after its own `deactivate`. */
  onDeactivate(handler: () => void | Promise<void>): Disposable;
}

/**
 * A plugin: what its module exports, by name or as its default. A class with these methods will do, too; it is
 * constructed with the context and {@link PluginInfo}.
 */
export interface Plugin<State extends Json = any> {
  /** Called once. The plugin is active when the promise resolves. */
  activate(context: PluginContext): void | Promise<void>;
  /** Called before the plugin ends; it has a few seconds. */
  deactivate?(): void | Promise<void>;
  /** What a live reload hands to the plugin's next instance. */
  getState?(): State | Promise<State>;
  /** Called after `activate` with what `getState` of the instance before returned. */
  restoreState?(state: State): void | Promise<void>;
  /** Called when settings have changed. */
  configure?(config: Record<string, Json>): void | Promise<void>;
}

/** What the manifest says about the plugin; the second argument of a plugin class. */
export interface PluginInfo {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** Which plugin system the manifest is written for. */
  readonly profile: string;
}

/**
 * Returns what it is given: it is there for the types.
 *
 * @example
 * export default definePlugin({
 *   activate(context) {
 *     context.commands.register('greet', () => 'Hello!');
 *   },
 * });
 */
export declare function definePlugin<P extends Plugin>(plugin: P & ThisType<P>): P;

/** A call to the host that failed. */
export declare class PluginCallError extends Error {
  /** What the plugin called: `storage/set`, `commands/execute`… */
  readonly method: string;
  /** The number of the error in the protocol. */
  readonly code: number;
  /** More about it, as the host or the plugin that was called sent it. */
  readonly data: unknown;
  constructor(message: string, details: { method: string; code: number; data?: unknown });
}

/** A call to the host that the plugin's manifest does not grant. */
export declare class PermissionDeniedError extends PluginCallError {
  /** What it is about: `storage`, `network`… */
  readonly scope: string;
  /** What was to be done: `read`, `write`… */
  readonly action: string;
  /** What it was to be done to. */
  readonly resource: string;
  /** The line to add to the manifest. */
  readonly grant: string;
}
