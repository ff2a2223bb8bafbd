type Handler = (args: unknown, call: { signal: AbortSignal }) => unknown;

/** A plugin context in memory: what is stored, logged, emitted and registered can be looked at. */
export function createMockContext(stored = new Map<string, unknown>()) {
  const handlers = new Map<string, Handler>();
  const listeners = new Map<string, (data: unknown, info: { from: string; name: string }) => unknown>();
  const emitted: [string, unknown][] = [];
  const logged: string[] = [];
  const log = { info: (message: string) => logged.push(message) };
  const events = {
    emit: async (name: string, data: unknown) => void emitted.push([name, data]),
    on: (name: string, handler: (data: unknown, info: { from: string; name: string }) => unknown) =>
      listeners.set(name, handler),
  };
  const context = {
    name: 'Plugin',
    version: '0.1.0',
    log,
    logger: log,
    events,
    eventBus: events,
    config: { get: (_key: string, fallback: unknown) => fallback },
    storage: {
      // The turn of the event loop lets two unguarded changes overlap, as they do over a wire.
      get: async (key: string) => new Promise(resolve => setImmediate(resolve, stored.get(key))),
      set: async (key: string, value: unknown) => void stored.set(key, value),
    },
    commands: { register: (id: string, handler: Handler) => handlers.set(id, handler) },
  };
  const invoke = async (id: string, args: unknown = null) =>
    handlers.get(id)?.(args, { signal: new AbortController().signal });
  const announce = async (name: string, data: unknown) =>
    listeners.get(name)?.(data, { from: 'other', name });
  return { context, invoke, announce, stored, emitted, logged, handlers };
}
