import type { Fetch } from '../../services/network/index.ts';
import type { HandlersOf } from '../handler.ts';

/** What the requests to other machines work on. */
export interface NetworkPorts {
  readonly fetch: Fetch;
}

/** Answers the requests to other machines. */
export function networkHandlers({ fetch }: NetworkPorts): HandlersOf<'net/fetch'> {
  return {
    'net/fetch': {
      // The guard of the network decides about each request on the way: a redirect is another one.
      check: () => undefined,
      run: async (p, signal) => ({ ...(await fetch.send(p, signal)) }),
    },
  };
}
