import { toDisposable } from '../../../base/index.ts';
import type { Json } from '../../../protocol/plugin/index.ts';
import type { CommandHandler, Commands } from '../../../sdk/node/package/index.d.ts';
import type { HostLink } from '../host-link.ts';
import type { Registrations } from './registrations.ts';

/** The plugin's commands. */
export interface CommandService {
  readonly api: Commands;
  /** The handler of a command; `undefined` when the plugin registered none. */
  find(id: string): CommandHandler | undefined;
}

/** Makes the commands; the host learns of each registration, and may refuse it. */
export function createCommands(
  link: HostLink,
  registrations: Registrations,
  onError: (error: unknown) => void,
): CommandService {
  const handlers = new Map<string, CommandHandler>();
  return {
    api: {
      register: (id, handler) => {
        if (typeof handler !== 'function')
          throw new TypeError(`The handler of command "${id}" is no function.`);
        if (handlers.has(id)) throw new Error(`This plugin has registered the command "${id}" already.`);
        handlers.set(id, handler);
        registrations.add(link.call('commands/register', { id }), () => handlers.delete(id));
        return toDisposable(() => {
          if (handlers.delete(id)) link.call('commands/unregister', { id }).catch(onError);
        });
      },
      execute: async <R>(id: string, args?: Json, options?: { readonly signal?: AbortSignal }) =>
        (await link.call('commands/execute', { id, args: args ?? null }, options?.signal)) as R,
    },
    find: id => handlers.get(id),
  };
}
