import type { CallParams, During } from './calls.ts';
import type { Json } from './json.ts';

/** `waterfall`: each gets what the one before returned; `collect`: all get the same, and all answers come back. */
export type HookMode = 'waterfall' | 'collect';

/** What one plugin made of a hook that was run to `collect`. */
export type HookOutcome =
  | { readonly plugin: string; readonly value: Json }
  | {
      readonly plugin: string;
      readonly error: {
        /** The number of the error in the protocol. */
        readonly code: number;
        readonly message: string;
        readonly data?: Json | undefined;
      };
    };

export interface HookRunParams extends During {
  readonly hook: string;
  readonly value: Json;
  /** `waterfall` when absent. */
  readonly mode?: HookMode | undefined;
}

/** Requests about hooks. */
export interface HookRequests {
  /** A plugin has one handler a hook. Lower priorities come first; 0 when absent. */
  readonly 'hooks/register': readonly [
    { readonly hook: string; readonly priority?: number | undefined },
    null,
  ];
  readonly 'hooks/unregister': readonly [{ readonly hook: string }, null];
  /** The final value, or a list of {@link HookOutcome}. */
  readonly 'hooks/run': readonly [HookRunParams, Json];
}

export interface HookCallParams extends CallParams {
  readonly hook: string;
  readonly value: Json;
}

/** The request by which the host has a hook of a plugin carried out. */
export interface HostHookRequests {
  readonly 'hooks/call': readonly [HookCallParams, Json];
}
