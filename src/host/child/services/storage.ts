import type { Storage } from '../../../sdk/node/package/index.d.ts';
import type { HostLink } from '../host-link.ts';

/** The plugin's storage, kept by the host. */
export function createStorage(link: HostLink): Storage {
  return {
    get: async <T>(key: string) => ((await link.call('storage/get', { key })) ?? undefined) as T | undefined,
    set: async (key, value) => {
      if (value === undefined)
        throw new TypeError(`storage.set("${key}") got no value; use delete to forget one.`);
      await link.call('storage/set', { key, value });
    },
    delete: key => link.call('storage/delete', { key }),
    keys: async () => [...(await link.call('storage/keys', {}))],
  };
}
