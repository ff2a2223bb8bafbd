import type { Capability } from '../../../manifest/index.ts';
import { DEFAULT_STORAGE_BYTES, type Storage } from '../../services/storage.ts';
import { findGrant } from '../capabilities.ts';
import type { HandlersOf, Verdict } from '../handler.ts';

/** What the requests about storage work on. */
export interface StoragePorts {
  /** What the plugin may do now. */
  capabilities(): readonly Capability[];
  readonly storage: Storage;
  /** Milliseconds since the epoch. */
  now(): number;
}

type Methods = 'storage/get' | 'storage/keys' | 'storage/set' | 'storage/delete';

/** Answers the requests about the plugin's own keys and values. */
export function storageHandlers({ capabilities, storage, now }: StoragePorts): HandlersOf<Methods> {
  const stored = (action: 'read' | 'write', resource: string): Verdict => {
    const need = { scope: 'storage', action, resource };
    return { need, granted: findGrant(capabilities(), need, now()) !== undefined };
  };
  return {
    'storage/get': { check: p => stored('read', p.key), run: p => storage.get(p.key) },
    'storage/keys': { check: () => stored('read', '*'), run: () => storage.keys() },
    'storage/set': {
      check: p => stored('write', p.key),
      run: async p => {
        const grant = findGrant(
          capabilities(),
          { scope: 'storage', action: 'write', resource: p.key },
          now(),
        );
        await storage.set(p.key, p.value, grant?.restrictions.maxBytes ?? DEFAULT_STORAGE_BYTES);
        return null;
      },
    },
    'storage/delete': { check: p => stored('write', p.key), run: p => storage.delete(p.key) },
  };
}
