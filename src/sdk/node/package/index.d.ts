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
  /** Calls of other plugins' methods, and broadcasts. */
  readonly messages: Messages;
  /** The same as {@link PluginContext.messages}. */
  readonly messaging: Messages;
  /** The other plugins. */
  readonly plugins: Plugins;
  /** Places where plugins take part in what another does. */
  readonly hooks: Hooks;
  /** Chains through which a value goes. */
  readonly middleware: Middleware;
  /** Things plugins provide to one another, by kind. */
  readonly providers: Providers;
  /** Memory shared with other plugins, for what is too much for messages. */
  readonly memory: Memory;
  /** Schemas of values, and values kept for a time. */
  readonly data: Data;
  /** Files that the manifest grants, by pattern too. */
  readonly files: Files;
  /** The same files by the names of AI Hub's SDK. */
  readonly fs: LegacyFiles;
  /** Hosts that the manifest grants. */
  readonly net: Network;
  /** The same hosts by the names of AI Hub's SDK. */
  readonly http: Http;
  /** Programs that the manifest grants. */
  readonly process: Programs;
  /** The clipboard of whoever uses the host. */
  readonly clipboard: Clipboard;
  /** Messages to whoever uses the host. */
  readonly notifications: Notifications;
  /** The host's window, by the names of AI Hub's SDK. */
  readonly ui: Window;
  /** Functions to call when the plugin has been activated, and before it ends. */
  readonly lifecycle: Lifecycle;
  /** What the plugin may do, which can change while it runs. */
  readonly permissions: Permissions;
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

/**
 * A value that keeps its type from one language to another: integers from −2⁶³ to 2⁶⁴ − 1 (`bigint` beyond
 * ±(2⁵³ − 1)), NaN and infinities, bytes, dates, besides all that JSON has.
 */
export type StructuredValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Date
  | readonly StructuredValue[]
  | { readonly [key: string]: StructuredValue };

/** How a structured value is written. */
export type StructuredFormat = 'json' | 'msgpack' | 'protobuf';

/** A segment of shared memory. The object follows the segment when the host moves it to another file. */
export interface SharedSegment {
  readonly id: string;
  readonly name: string | null;
  /** Id of the plugin that allocated it. */
  readonly owner: string;
  /** Bytes. */
  readonly size: number;
  readonly writable: boolean;
  /** Read-only for all, for good. */
  readonly frozen: boolean;
  /** True when it was taken back, or released; every use fails then. */
  readonly revoked: boolean;
  /** The file it is now, for a library that maps it. */
  readonly path: string;
  /**
   * A copy of some bytes: of all from `offset` on when there is no `length`.
   *
   * @throws RangeError beyond the end
   */
  read(offset?: number, length?: number): Promise<Uint8Array>;
  /** @throws RangeError beyond the end; Error when it is not writable */
  write(offset: number, bytes: Uint8Array): Promise<void>;
  /** The value that {@link SharedSegment.writeStructured} of any plugin wrote, in whatever format. */
  readStructured(): Promise<StructuredValue>;
  /**
   * Writes a value at the beginning. It is no lock: tell readers by a message when it is done.
   *
   * @param format when absent, `msgpack` where every plugin that has the segment knows it, else what they all know
   * @throws RangeError or Error, with nothing changed, when it does not fit
   */
  writeStructured(value: StructuredValue, format?: StructuredFormat): Promise<void>;
  /** Calls the listener after it moved, got another size, was frozen or was taken back. */
  onDidChange(listener: () => void): Disposable;
}

/** Where a value does not fit a schema, and why. */
export interface DataProblem {
  /** `$`, `$.name`, `$.list[3]`. */
  readonly path: string;
  readonly message: string;
}

/** Schemas of values, and values kept for a time. */
export interface Data {
  /** A JSON Schema of the value as an example. */
  generateSchema(value: StructuredValue): Promise<{ readonly [keyword: string]: Json }>;
  /** What of a value does not fit a schema. @throws PluginCallError when the schema is none */
  validate(
    value: StructuredValue,
    schema: { readonly [keyword: string]: Json },
  ): Promise<{ readonly valid: boolean; readonly problems: DataProblem[] }>;
  /** Values that the host keeps for this plugin in memory, over reloads too; they may go early when there is no room. */
  readonly cache: {
    /** @param ttlMs milliseconds it is kept at most */
    set(key: string, value: StructuredValue, ttlMs: number): Promise<void>;
    /** `undefined` when it is not there, or not any more. */
    get<T = StructuredValue>(key: string): Promise<T | undefined>;
  };
}

/** Memory shared with other plugins. */
export interface Memory {
  /**
   * A new segment of zeros, which only this plugin may use.
   *
   * @param size bytes
   * @throws PermissionDeniedError when the manifest does not grant writing; PluginCallError when a quota is used up
   */
  allocate(size: number, options?: { readonly name?: string }): Promise<SharedSegment>;
  /** A segment of this plugin or one that was shared with it. */
  open(id: string): Promise<SharedSegment>;
  /**
   * Says who else may use a segment; it takes the place of what was said before.
   *
   * @param plugins ids, or ids with an access of their own; none takes it back from everyone
   * @param access for those without one of their own; `read` when absent
   */
  share(
    id: string,
    plugins: readonly (string | { readonly plugin: string; readonly access: 'read' | 'write' })[],
    access?: 'read' | 'write',
  ): Promise<void>;
  /** Gives it another size; new bytes are zeros. */
  resize(id: string, size: number): Promise<SharedSegment>;
  /** Makes it read-only for all, this plugin too, for good. */
  freeze(id: string): Promise<SharedSegment>;
  /** Ends a segment of this plugin, or gives back one of another. */
  release(id: string): Promise<void>;
  /** All that this plugin may use. */
  list(): Promise<SharedSegment[]>;
}

/** One thing in a folder; `other` is a device, a pipe, a socket or a link. */
export interface FolderEntry {
  readonly name: string;
  readonly type: 'file' | 'folder' | 'other';
}

/** What is known of a file without reading it. */
export interface FileFacts {
  readonly type: 'file' | 'folder' | 'other';
  /** Bytes; 0 for a folder. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
}

/**
 * Files that the manifest grants. Paths are relative to the plugin's folder, absolute, or begin with `~/`; what they
 * lead to, through links too, has to be granted. The host does the work, so patterns such as `./logs/*.txt` hold,
 * which `node:fs` can't reach from inside the sandbox.
 *
 * Every call throws `PermissionDeniedError` for what is not granted, and `PluginCallError` for what fails.
 */
export interface Files {
  /** The bytes of a file, or of a part of it; less where it ends before. */
  read(
    path: string,
    range?: { readonly offset?: number; readonly length?: number },
  ): Promise<Uint8Array<ArrayBuffer>>;
  /** The text of a file in UTF-8. */
  readText(path: string): Promise<string>;
  /** Writes a whole file of at most 2 MiB: whoever reads it meanwhile sees the old one or the new one. */
  write(path: string, content: string | Uint8Array): Promise<void>;
  /** Adds to the end of a file, which is made when it is missing. */
  append(path: string, content: string | Uint8Array): Promise<void>;
  /** What is in a folder, as far as the manifest lets the plugin read it. */
  list(path: string): Promise<FolderEntry[]>;
  /** `undefined` where there is nothing. */
  stat(path: string): Promise<FileFacts | undefined>;
  exists(path: string): Promise<boolean>;
  /** Removes a file or an empty folder. */
  remove(path: string): Promise<void>;
  /** Makes a folder, with those around it; nothing happens when it is there. */
  makeFolder(path: string): Promise<void>;
}

/** {@link Files} by the names of AI Hub's SDK. */
export interface LegacyFiles {
  readFile(path: string): Promise<string>;
  /** What is neither text nor bytes is written as JSON. */
  writeFile(path: string, data: unknown): Promise<void>;
  exists(path: string): Promise<boolean>;
  readdir(path: string): Promise<string[]>;
}

/** What a fetch takes besides the address: that of browsers, and how long it may last. */
export interface FetchOptions extends RequestInit {
  /** Milliseconds; 30 000 when absent. */
  readonly timeout?: number;
}

/** Hosts that the manifest grants. */
export interface Network {
  /**
   * Sends a request through the host and resolves to the answer with its whole body; both bodies have at most 2 MiB.
   * It works with every version of Node.js; the global `fetch` uses the plugin's proxy from Node.js 24 on.
   *
   * @throws PermissionDeniedError for a host, port, protocol or method that is not granted, also after a redirect
   * @throws PluginCallError when there is no answer
   */
  fetch(input: string | URL | Request, options?: FetchOptions): Promise<Response>;
}

/** {@link Network} by the names of AI Hub's SDK. */
export interface Http {
  get(url: string | URL, options?: FetchOptions): Promise<Response>;
  /** What is neither text nor bytes is sent as JSON. */
  post(url: string | URL, data: unknown, options?: FetchOptions): Promise<Response>;
}

/** How a program ended, and what it wrote: at most 1 MiB each. */
export interface ProgramResult {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Programs that the manifest grants, each run in a sandbox of its own: the plugin's files, no network. */
export interface Programs {
  /**
   * Runs a program to its end; that it fails is told by its code and no error.
   *
   * @throws PermissionDeniedError when the manifest does not grant it
   * @throws PluginCallError when it can't be run, is too slow or writes too much
   */
  run(
    command: string,
    args?: readonly string[],
    options?: {
      /** Within the plugin's folder, which it is when absent. */
      readonly cwd?: string;
      readonly input?: string;
      /** Milliseconds; 30 000 when absent. */
      readonly timeout?: number;
      readonly signal?: AbortSignal;
    },
  ): Promise<ProgramResult>;
}

/** The clipboard of whoever uses the host. Throws `PluginCallError` where there is none. */
export interface Clipboard {
  readText(): Promise<string>;
  writeText(text: string): Promise<void>;
}

/** Messages to whoever uses the host. */
export interface Notifications {
  /**
   * Shows a message. Resolves when it is gone: to the action that was chosen, `undefined` for none.
   *
   * @throws PermissionDeniedError; PluginCallError where nobody can be told
   */
  show(
    message: string,
    options?: {
      readonly level?: 'info' | 'warning' | 'error';
      /** At most four. */
      readonly actions?: readonly string[];
      readonly signal?: AbortSignal;
    },
  ): Promise<string | undefined>;
}

/** The host's window, by the names of AI Hub's SDK. */
export interface Window {
  showNotification(message: string, type?: string): Promise<void>;
}

/** What the plugin may do: people give, narrow and take back, and grants expire. */
export interface Permissions {
  /** Calls the listener after each change. */
  onDidChange(listener: () => void): Disposable;
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
