import { toDisposable } from '../../../base/index.ts';
import type { Json, MiddlewareHandleParams } from '../../../protocol/plugin/index.ts';
import type { CommandCall, Middleware, MiddlewareHandler } from '../../../sdk/node/package/index.d.ts';
import type { HostLink } from '../host-link.ts';
import type { Registrations } from './registrations.ts';

/** The plugin's part in chains of middleware. */
export interface MiddlewareService {
  readonly api: Middleware;
  /** What does the plugin's part of a run; `undefined` when it has none. */
  find(params: MiddlewareHandleParams): ((call: CommandCall) => unknown) | undefined;
}

/** Makes the middleware; the host learns of each handler, and may refuse it. */
export function createMiddleware(
  link: HostLink,
  registrations: Registrations,
  onError: (error: unknown) => void,
): MiddlewareService {
  const handlers = new Map<string, MiddlewareHandler>();
  return {
    api: {
      use: (chain, handler, { priority = 0 } = {}) => {
        if (typeof handler !== 'function')
          throw new TypeError(`The handler of chain "${chain}" is no function.`);
        if (handlers.has(chain))
          throw new Error(`This plugin has a handler for the chain "${chain}" already.`);
        handlers.set(chain, handler);
        const registered = link.call('middleware/register', { chain, priority });
        registrations.add(registered, () => handlers.delete(chain));
        return toDisposable(() => {
          if (handlers.delete(chain)) link.call('middleware/unregister', { chain }).catch(onError);
        });
      },
      run: (async (chain, value, { signal } = {}) =>
        link.call('middleware/run', { chain, value: value ?? null }, signal)) as Middleware['run'],
    },
    find: ({ chain, run, value }) => {
      const handler = handlers.get(chain);
      if (!handler) return undefined;
      const next = async (changed?: Json): Promise<Json> =>
        link.call('middleware/next', { run, value: changed === undefined ? value : changed });
      return call => handler(value, next as Parameters<MiddlewareHandler>[1], call);
    },
  };
}
