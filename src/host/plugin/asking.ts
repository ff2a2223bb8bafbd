import type { HostToPluginRequests } from '../../protocol/plugin/index.ts';
import type { Instance } from '../process/instance.ts';
import { createOpenCalls, type OpenCalls, timeLeft } from '../services/call-chains.ts';
import type { AskMethod, Neighbour } from '../services/neighbour.ts';

type WholeParams<M extends AskMethod> = HostToPluginRequests[M][0];

/** How an instance is made to work, and what it is working on. */
export interface Asking {
  readonly ask: Neighbour['ask'];
  readonly calls: OpenCalls;
}

/** Makes the way to an instance; `find` is first called when something is asked. */
export function createAsking(find: () => Instance): Asking {
  const calls = createOpenCalls();
  return {
    calls,
    ask: async (method, params, terms) => {
      const deadline = timeLeft(terms, `"${method}"`);
      const { caller, signal } = terms;
      const call = calls.open(terms);
      try {
        // What was left out of the params is put back: together they are those of the method.
        const whole = { ...params, deadline, call, ...(caller ? { caller } : {}) } as WholeParams<
          typeof method
        >;
        return await find().ask(method, whole, signal);
      } finally {
        calls.close(call);
      }
    },
  };
}
