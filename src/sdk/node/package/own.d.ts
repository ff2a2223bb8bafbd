/** What belongs to the plugin alone: its log, settings, storage and life. */
import type { Disposable, Json } from './values.d.ts';

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
