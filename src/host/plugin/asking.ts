import type { HostToPluginRequests, Json } from '../../protocol/plugin/index.ts';
import type { Instance } from '../process/port.ts';
import { createOpenCalls, type OpenCalls, timeLeft } from '../services/call-chains.ts';
import type { AskMethod, Neighbour } from '../services/neighbour.ts';
import { askUntyped } from '../services/typed-calls.ts';

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
        const instance = find();
        // An SDK that names no formats knows of no types either.
        const send = (sent: typeof whole): Promise<Json> => instance.ask(method, sent, signal);
        return isTyped(params) && instance.formats === undefined
          ? await askUntyped(params.args, args => send({ ...whole, args, typed: undefined }))
          : await send(whole);
      } finally {
        calls.close(call);
      }
    },
  };
}

function isTyped(params: object): params is { readonly typed: true; readonly args: Json } {
  return 'typed' in params && params.typed === true;
}
