import type { HookMode, Json, MessageCallParams, ProviderEntry } from '../../protocol/plugin/index.ts';
import { CALL_DEADLINE_MS, termsFor } from './call-chains.ts';
import { executeCommand } from './commands.ts';
import { createDataService, type DataService } from './data.ts';
import { runHook } from './hooks.ts';
import { broadcast, callMethod, sizeOf } from './messages.ts';
import { createMiddleware } from './middleware.ts';
import { type Neighbour, peersOf, type Requester } from './neighbour.ts';
import { callProvider, listProviders, type ProviderCall } from './providers.ts';

/** The sender of messages that come from no plugin; no plugin can have that id. */
const HOST = '$host';

interface Within {
  readonly during?: string | undefined;
}

/** Where the plugins of a host meet. Everything that can fail rejects with a `WireError`. */
export interface Exchange {
  /** Schemas and kept values. */
  readonly data: DataService;
  /** A number higher than all before: the order in which things are registered. */
  nextOrder(): number;
  /** Announces an event to every plugin that serves, and to the one it comes from. */
  emit(from: Pick<Neighbour, 'pluginId' | 'tell'>, name: string, data: Json): void;
  execute(
    self: Requester,
    request: Within & { readonly id: string; readonly args: Json },
    signal: AbortSignal,
  ): Promise<Json>;
  call(self: Requester, request: MessageCallParams, signal: AbortSignal): Promise<Json>;
  /** Resolves to how many plugins it was handed. */
  broadcast(self: Requester, request: Parameters<typeof broadcast>[1]): number;
  /** Broadcasts for somebody who is no plugin. */
  broadcastFor(request: Parameters<typeof broadcast>[1]): number;
  runHook(
    self: Requester,
    request: Within & { readonly hook: string; readonly value: Json; readonly mode?: HookMode | undefined },
    signal: AbortSignal,
  ): Promise<Json>;
  runMiddleware(
    self: Requester,
    request: Within & { readonly chain: string; readonly value: Json },
    signal: AbortSignal,
  ): Promise<Json>;
  /** Runs a chain for somebody who is no plugin. */
  runMiddlewareFor(chain: string, value: Json, deadlineMs?: number, signal?: AbortSignal): Promise<Json>;
  continueRun(
    self: Requester,
    request: { readonly run: string; readonly value: Json },
    signal: AbortSignal,
  ): Promise<Json>;
  listProviders(self: Requester, kind: string): readonly ProviderEntry[];
  callProvider(
    self: Requester,
    request: Within & ProviderCall & { readonly timeout?: number | undefined },
    signal: AbortSignal,
  ): Promise<Json>;
}

/** Makes the exchange of a host; `serving` lists the plugins that answer calls now, or as soon as a reload is over. */
export function createExchange(serving: () => readonly Neighbour[]): Exchange {
  const middleware = createMiddleware();
  let order = 0;
  return {
    data: createDataService(),
    nextOrder: () => ++order,
    emit: (from, name, data) => {
      const others = serving().filter(({ pluginId }) => pluginId !== from.pluginId);
      const size = sizeOf(data);
      for (const peer of [...others, from]) {
        peer.tell({ kind: 'event', name, from: from.pluginId, data, size });
      }
    },
    execute: async (self, request, signal) => {
      const others = serving().filter(({ pluginId }) => pluginId !== self.pluginId);
      return executeCommand(
        request.id,
        request.args,
        { self, others },
        termsFor(self, { during: request.during }, signal),
      );
    },
    call: async (self, request, signal) =>
      callMethod(request, peersOf(self, serving()), termsFor(self, request, signal)),
    broadcast: (self, request) => broadcast(self.pluginId, request, serving()),
    broadcastFor: request => broadcast(HOST, request, serving()),
    runHook: async (self, request, signal) => {
      const { hook, value, mode = 'waterfall' } = request;
      return runHook(hook, value, mode, peersOf(self, serving()), termsFor(self, request, signal));
    },
    runMiddleware: async (self, request, signal) => {
      const { chain, value } = request;
      return middleware.run(chain, value, peersOf(self, serving()), termsFor(self, request, signal));
    },
    runMiddlewareFor: (chain, value, deadlineMs = CALL_DEADLINE_MS, signal) =>
      middleware.run(chain, value, serving(), { due: performance.now() + deadlineMs, chain: [], signal }),
    continueRun: (self, { run, value }, signal) => middleware.next(self.pluginId, run, value, signal),
    listProviders: (self, kind) => listProviders(kind, peersOf(self, serving())),
    callProvider: async (self, request, signal) =>
      callProvider(request, peersOf(self, serving()), termsFor(self, request, signal)),
  };
}
