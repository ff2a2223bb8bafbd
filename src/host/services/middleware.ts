import { randomUUID } from 'node:crypto';
import { messageOf } from '../../base/index.ts';
import { ErrorCode, type Json } from '../../protocol/plugin/index.ts';
import { WireError } from '../../protocol/wire/index.ts';
import type { Neighbour } from './neighbour.ts';
import { passOn } from './pass-on.ts';
import { inOrder } from './ranking.ts';
import type { Terms } from './terms.ts';

/** Runs chains of middleware. */
export interface Middleware {
  /**
   * Runs a chain over a value.
   *
   * @throws WireError of the handler that failed, unless one before it caught that
   */
  run(chain: string, value: Json, peers: readonly Neighbour[], terms: Terms): Promise<Json>;
  /**
   * Hands a value to the rest of a chain, for the plugin that answers `middleware/handle` of that run.
   *
   * @throws WireError `InvalidRequest` when it was called already, or the run is not (any more) the plugin's
   */
  next(pluginId: string, run: string, value: Json, signal: AbortSignal): Promise<Json>;
  /** Handlers that are being waited for. */
  readonly size: number;
}

/** One handler at work: who it is, and the rest of the chain until it was called. */
interface Link {
  readonly pluginId: string;
  rest: ((value: Json, signal: AbortSignal) => Promise<Json>) | undefined;
}

/** Makes the middleware of a host. */
export function createMiddleware(): Middleware {
  const links = new Map<string, Link>();

  async function runFrom(
    index: number,
    handlers: readonly Neighbour[],
    chain: string,
    value: Json,
    terms: Terms,
  ): Promise<Json> {
    const handler = handlers[index];
    if (!handler) return value;
    const { pluginId } = handler;
    const run = randomUUID();
    const answered = new AbortController();
    links.set(run, {
      pluginId,
      rest: (changed, signal) => {
        // What the handler no longer waits for is given up, and so is what everyone before it gave up.
        const signals = [signal, answered.signal, ...(terms.signal ? [terms.signal] : [])];
        return runFrom(index + 1, handlers, chain, changed, { ...terms, signal: AbortSignal.any(signals) });
      },
    });
    try {
      return await handler.ask('middleware/handle', { chain, run, value }, terms);
    } catch (error) {
      // It has taken its handler back, or reloaded without it.
      if (error instanceof WireError && error.code === ErrorCode.NotFound) {
        return await runFrom(index + 1, handlers, chain, value, terms);
      }
      throw named(error, chain, pluginId);
    } finally {
      links.delete(run);
      answered.abort();
    }
  }

  return {
    run: (chain, value, peers, terms) =>
      runFrom(
        0,
        inOrder(peers, ({ registrations }) => registrations.chains.get(chain)),
        chain,
        value,
        terms,
      ),
    next: async (pluginId, run, value, signal) => {
      const link = links.get(run);
      if (link?.pluginId !== pluginId) {
        throw new WireError(ErrorCode.InvalidRequest, 'The run is over, or it never was this plugin’s.');
      }
      const { rest } = link;
      if (!rest) throw new WireError(ErrorCode.InvalidRequest, 'The rest of the chain was run already.');
      link.rest = undefined;
      return rest(value, signal);
    },
    get size() {
      return links.size;
    },
  };
}

/** Names the plugin that failed, once: an error that comes back through those before it is named already. */
function named(error: unknown, chain: string, plugin: string): unknown {
  const shown = passOn(error, plugin);
  if (!(shown instanceof WireError)) return shown;
  const prefix = `The middleware "${chain}" failed in the plugin `;
  const said = messageOf(error);
  const message = said.startsWith(prefix) ? said : `${prefix}${plugin}: ${shown.message}`;
  return new WireError(shown.code, message, shown.data);
}
