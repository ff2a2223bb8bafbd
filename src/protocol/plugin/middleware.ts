import type { CallParams, During } from './calls.ts';
import type { Json } from './json.ts';

/** Requests about chains of middleware. */
export interface MiddlewareRequests {
  /** A plugin has one handler a chain. Lower priorities come first; 0 when absent. */
  readonly 'middleware/register': readonly [
    { readonly chain: string; readonly priority?: number | undefined },
    null,
  ];
  readonly 'middleware/unregister': readonly [{ readonly chain: string }, null];
  /** The value after the chain. */
  readonly 'middleware/run': readonly [{ readonly chain: string; readonly value: Json } & During, Json];
  /** Hands the value to the rest of the chain; once only, and only while `middleware/handle` of that run is answered. */
  readonly 'middleware/next': readonly [{ readonly run: string; readonly value: Json }, Json];
}

export interface MiddlewareHandleParams extends CallParams {
  readonly chain: string;
  /** What `middleware/next` has to name. */
  readonly run: string;
  readonly value: Json;
}

/** The request by which the host has a plugin do its part of a chain. */
export interface HostMiddlewareRequests {
  readonly 'middleware/handle': readonly [MiddlewareHandleParams, Json];
}
