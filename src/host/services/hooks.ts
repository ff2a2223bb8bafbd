import { messageOf } from '../../base/index.ts';
import { ErrorCode, type HookMode, type HookOutcome, type Json } from '../../protocol/plugin/index.ts';
import { WireError } from '../../protocol/wire/index.ts';
import type { Neighbour } from './neighbour.ts';
import { passOn } from './pass-on.ts';
import { inOrder } from './ranking.ts';
import type { Terms } from './terms.ts';

/** How long one handler of a hook may take, in milliseconds. */
export const HOOK_DEADLINE_MS = 10_000;

/**
 * Runs the handlers of a hook, in the order of their priority, each within {@link HOOK_DEADLINE_MS}.
 *
 * @returns the last value of a `waterfall`; the {@link HookOutcome}s of a `collect`
 * @throws WireError of the first handler that fails in a `waterfall`, with a message that names its plugin
 */
export async function runHook(
  hook: string,
  value: Json,
  mode: HookMode,
  peers: readonly Neighbour[],
  terms: Terms,
): Promise<Json> {
  const handlers = inOrder(peers, ({ registrations }) => registrations.hooks.get(hook));
  return mode === 'collect' ? collect(hook, value, handlers, terms) : waterfall(hook, value, handlers, terms);
}

async function waterfall(
  hook: string,
  first: Json,
  handlers: readonly Neighbour[],
  terms: Terms,
): Promise<Json> {
  let value = first;
  for (const handler of handlers) {
    try {
      value = await handler.ask('hooks/call', { hook, value }, shorten(terms));
    } catch (error) {
      if (!isGone(error)) throw named(error, hook, handler.pluginId);
    }
  }
  return value;
}

async function collect(
  hook: string,
  value: Json,
  handlers: readonly Neighbour[],
  terms: Terms,
): Promise<Json> {
  const outcomes = handlers.map(async (handler): Promise<HookOutcome | undefined> => {
    const plugin = handler.pluginId;
    try {
      return { plugin, value: await handler.ask('hooks/call', { hook, value }, shorten(terms)) };
    } catch (error) {
      if (isGone(error)) return undefined;
      const shown = passOn(error, plugin);
      const { code, data } =
        shown instanceof WireError ? shown : { code: ErrorCode.InternalError, data: null };
      return { plugin, error: { code, message: messageOf(shown), data: (data ?? null) as Json } };
    }
  });
  return (await Promise.all(outcomes)).filter(outcome => outcome !== undefined) as Json;
}

function shorten(terms: Terms): Terms {
  return { ...terms, due: Math.min(terms.due, performance.now() + HOOK_DEADLINE_MS) };
}

/** A plugin that has taken its handler back, or reloaded without it, has no part in the hook. */
function isGone(error: unknown): boolean {
  return error instanceof WireError && error.code === ErrorCode.NotFound;
}

function named(error: unknown, hook: string, plugin: string): unknown {
  const shown = passOn(error, plugin);
  if (!(shown instanceof WireError)) return shown;
  const message = `The hook "${hook}" failed in the plugin ${plugin}: ${shown.message}`;
  return new WireError(shown.code, message, shown.data);
}
