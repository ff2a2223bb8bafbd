import type { CallParams, During } from './calls.ts';
import type { Json } from './json.ts';

/** Something a plugin provides to others. */
export interface ProviderEntry {
  readonly kind: string;
  readonly id: string;
  /** Id of the plugin that provides it. */
  readonly plugin: string;
  /** What it says about itself; `null` when nothing. */
  readonly info: Json;
}

export interface ProviderCallRequestParams extends During {
  readonly kind: string;
  /** The one that was registered first when absent. */
  readonly id?: string | undefined;
  readonly method: string;
  readonly args: Json;
  /** Milliseconds; 30 000 when absent. */
  readonly timeout?: number | undefined;
  /** The arguments and the result are tagged JSON, so that their types last; see `docs/data-bridge.md`. */
  readonly typed?: true | undefined;
}

/** Requests about providers. */
export interface ProviderRequests {
  readonly 'providers/register': readonly [
    { readonly kind: string; readonly id: string; readonly info?: Json | undefined },
    null,
  ];
  readonly 'providers/unregister': readonly [{ readonly kind: string; readonly id: string }, null];
  /** Those of a kind, the one that was registered first at the head. */
  readonly 'providers/list': readonly [{ readonly kind: string }, readonly ProviderEntry[]];
  readonly 'providers/call': readonly [ProviderCallRequestParams, Json];
}

export interface ProviderCallParams extends CallParams {
  readonly kind: string;
  readonly id: string;
  readonly method: string;
  readonly args: Json;
  /** The arguments and the result are tagged JSON, so that their types last; see `docs/data-bridge.md`. */
  readonly typed?: true | undefined;
}

/** The request by which the host has a method of a provider carried out. */
export interface HostProviderRequests {
  readonly 'providers/call': readonly [ProviderCallParams, Json];
}
