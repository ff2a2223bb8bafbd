export { userCacheDir } from './cache-folder.ts';
export type { PreparedRuntime, PrepareRequest, RuntimeProvider, ShippedPaths } from './port.ts';
export { createRuntimes, type Runtimes, type RuntimesOptions } from './runtimes.ts';
