import type { Json, Nothing } from './json.ts';

/** Requests about the plugin's own keys and values, and its settings. */
export interface StorageRequests {
  readonly 'storage/get': readonly [{ readonly key: string }, Json];
  readonly 'storage/set': readonly [{ readonly key: string; readonly value: Json }, null];
  readonly 'storage/delete': readonly [{ readonly key: string }, boolean];
  readonly 'storage/keys': readonly [Nothing, readonly string[]];
  readonly 'config/set': readonly [{ readonly key: string; readonly value: Json }, null];
}
