import type { Json } from './json.ts';

/** Where a value does not fit its schema, and why. */
export interface DataProblem {
  /** `$`, `$.name`, `$.list[3]`. */
  readonly path: string;
  readonly message: string;
}

/** Requests about values themselves, which are tagged JSON here; see `docs/data-bridge.md`. */
export interface DataRequests {
  /** A schema of the value as an example. */
  readonly 'data/generateSchema': readonly [{ readonly value: Json }, Json];
  readonly 'data/validate': readonly [
    { readonly value: Json; readonly schema: Json },
    { readonly valid: boolean; readonly problems: readonly DataProblem[] },
  ];
  /** Keeps a value of the plugin's own for so many milliseconds, or less when there is no room. */
  readonly 'data/cache/set': readonly [
    { readonly key: string; readonly value: Json; readonly ttlMs: number },
    null,
  ];
  /** `null` when it is not there, or not any more. */
  readonly 'data/cache/get': readonly [{ readonly key: string }, Json];
}
