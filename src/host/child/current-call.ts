import { AsyncLocalStorage } from 'node:async_hooks';
import type { CallParams } from '../../protocol/plugin/index.ts';
import type { CommandCall } from '../../sdk/node/package/index.d.ts';

/** Knows on whose behalf code of the plugin runs. */
export interface CurrentCall {
  /** Runs plugin code for a call of the host. */
  run<T>(params: CallParams, work: () => T): T;
  /** Names the call that the code at hand works for; `undefined` outside of one. */
  token(): string | undefined;
}

/** Makes it for one process. */
export function createCurrentCall(): CurrentCall {
  const storage = new AsyncLocalStorage<string>();
  return {
    run: ({ call }, work) => storage.run(call, work),
    token: () => storage.getStore(),
  };
}

/** What a handler is told about the call, besides what it is asked. */
export function describeCall({ deadline, caller }: CallParams, signal: AbortSignal): CommandCall {
  return { signal, deadline, ...(caller ? { caller } : {}) };
}
