/**
 * The runtime of the package `plugin-workbench`, which plugins import. Everything a plugin does goes through the
 * context that `activate` gets; this is only what must be there by name. Its types are `package/index.d.ts`.
 */
import * as connection from '../connection/index.ts';
import type { Plugin } from './package/index.d.ts';

// The classes of the running host, so that `instanceof` holds for the errors it throws.
const { PluginCallError, PermissionDeniedError } = connection.findConnection() ?? connection;

/** Returns what it is given: it is there for the types. */
function definePlugin<P extends Plugin>(plugin: P): P {
  return plugin;
}

export { definePlugin, PermissionDeniedError, PluginCallError };
