// biome-ignore-all lint/suspicious/noExplicitAny: what arrives from outside has the type that the plugin's author gives it

/**
 * The types of a plugin for Node. In TypeScript they are imported with `import type`; in JavaScript a doc comment
 * names them: `@param {import('plugin-workbench').PluginContext} context`.
 */
import type { Commands, Messages, Plugins } from './calls.d.ts';
import type { Data, Memory } from './memory.d.ts';
import type {
  Clipboard,
  Files,
  Http,
  LegacyFiles,
  Network,
  Notifications,
  Programs,
  Window,
} from './outside.d.ts';
import type { Config, Lifecycle, Logger, Permissions, Storage } from './own.d.ts';
import type { Events, Hooks, Middleware, Providers } from './together.d.ts';
import type { Disposable, Json } from './values.d.ts';

export type * from './calls.d.ts';
export type * from './memory.d.ts';
export type * from './outside.d.ts';
export type * from './own.d.ts';
export type * from './together.d.ts';
export type * from './values.d.ts';

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
