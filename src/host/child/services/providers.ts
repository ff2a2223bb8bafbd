import { toDisposable } from '../../../base/index.ts';
import type { Json } from '../../../protocol/plugin/index.ts';
import type {
  CommandHandler,
  Provider,
  ProviderCallOptions,
  Providers,
} from '../../../sdk/node/package/index.d.ts';
import type { HostLink } from '../host-link.ts';
import { readTyped, writeTyped } from '../typed.ts';
import type { Registrations } from './registrations.ts';

/** What the plugin provides, and the way to what others provide. */
export interface ProviderService {
  readonly api: Providers;
  /** The method of a provider of this plugin; `undefined` when there is none. */
  find(kind: string, id: string, method: string): CommandHandler | undefined;
}

/** Makes the providers; the host learns of each, and may refuse it. */
export function createProviders(
  link: HostLink,
  registrations: Registrations,
  onError: (error: unknown) => void,
): ProviderService {
  const provided = new Map<string, Provider>();
  const keyOf = (kind: string, id: string): string => JSON.stringify([kind, id]);
  return {
    api: {
      register: (kind, id, provider, { info = null } = {}) => {
        const key = keyOf(kind, id);
        if (provider === null || typeof provider !== 'object')
          throw new TypeError(`The provider "${id}" is no object.`);
        if (provided.has(key)) throw new Error(`This plugin provides "${id}" of the kind "${kind}" already.`);
        provided.set(key, provider);
        const registered = link.call('providers/register', { kind, id, info });
        registrations.add(registered, () => provided.delete(key));
        return toDisposable(() => {
          if (provided.delete(key)) link.call('providers/unregister', { kind, id }).catch(onError);
        });
      },
      list: async kind => [...(await link.call('providers/list', { kind }))],
      call: (async (
        kind: string,
        method: string,
        args?: unknown,
        { signal, typed, ...more }: ProviderCallOptions & { readonly typed?: true } = {},
      ): Promise<unknown> => {
        const params = { kind, method, ...more };
        if (!typed) {
          return link.call('providers/call', { ...params, args: (args ?? null) as Json }, signal);
        }
        return readTyped(
          await link.call('providers/call', { ...params, args: writeTyped(args), typed }, signal),
        );
      }) as Providers['call'],
    },
    find: (kind, id, method) => {
      const provider = provided.get(keyOf(kind, id));
      if (!provider || method in Object.prototype) return undefined;
      const own: unknown = (provider as Readonly<Record<string, unknown>>)[method];
      return typeof own === 'function' ? (own.bind(provider) as CommandHandler) : undefined;
    },
  };
}
