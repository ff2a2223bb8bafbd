/** Where the package `plugin-workbench`, imported by a plugin, meets the bootstrap that runs the plugin. */
export { findConnection, publishConnection, type SdkConnection } from './connection.ts';
export { PermissionDeniedError, PluginCallError } from './errors.ts';
