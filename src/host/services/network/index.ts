export { createFetch, type Fetch } from './fetch.ts';
export { createNetworkGuard, type PluginNetworkGuard } from './guard.ts';
