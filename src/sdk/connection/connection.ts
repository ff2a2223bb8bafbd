import type { PermissionDeniedError, PluginCallError } from './errors.ts';

/** What a running host leaves for the package `plugin-workbench` to find. */
export interface SdkConnection {
  /** The classes of the errors it throws, so that `instanceof` works in a plugin. */
  readonly PluginCallError: typeof PluginCallError;
  readonly PermissionDeniedError: typeof PermissionDeniedError;
}

const key = Symbol.for('plugin-workbench.sdk');

/** The connection of this process; `undefined` where no host runs it, such as in a plugin's own unit tests. */
export function findConnection(): SdkConnection | undefined {
  return (globalThis as { [key]?: SdkConnection })[key];
}

/** Leaves the connection to be found; it can't be replaced afterwards. */
export function publishConnection(connection: SdkConnection): void {
  Object.defineProperty(globalThis, key, { value: Object.freeze(connection) });
}
