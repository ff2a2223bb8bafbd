import type { Data } from '../../../sdk/node/package/index.d.ts';
import type { HostLink } from '../host-link.ts';
import { readTyped, writeTyped } from '../typed.ts';

/** Schemas and kept values, both made by the host. */
export function createData(link: HostLink): Data {
  return {
    generateSchema: (async value =>
      link.call('data/generateSchema', { value: writeTyped(value) })) as Data['generateSchema'],
    validate: async (value, schema) => {
      const { valid, problems } = await link.call('data/validate', {
        value: writeTyped(value),
        schema: writeTyped(schema),
      });
      return { valid, problems: [...problems] };
    },
    cache: {
      set: async (key, value, ttlMs) => {
        await link.call('data/cache/set', { key, value: writeTyped(value), ttlMs });
      },
      get: (async key =>
        readTyped(await link.call('data/cache/get', { key })) ?? undefined) as Data['cache']['get'],
    },
  };
}
