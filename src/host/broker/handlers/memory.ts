import type { Capability } from '../../../manifest/index.ts';
import type { MemoryAccess } from '../../../protocol/plugin/index.ts';
import type { ProcessMemory } from '../../services/memory/index.ts';
import { findGrant } from '../capabilities.ts';
import type { HandlersOf, Verdict } from '../handler.ts';

/** What the requests about shared memory work on. */
export interface MemoryPorts {
  /** What the plugin may do now. */
  capabilities(): readonly Capability[];
  /** The process's own; every capability about it is checked before it is used. */
  readonly memory: ProcessMemory;
  /** Milliseconds since the epoch. */
  now(): number;
}

type Methods =
  | 'memory/allocate'
  | 'memory/open'
  | 'memory/share'
  | 'memory/resize'
  | 'memory/freeze'
  | 'memory/release'
  | 'memory/list';

/** Answers the requests about shared memory. A segment goes by its name, one without a name by `*`. */
export function memoryHandlers({ capabilities, memory, now }: MemoryPorts): HandlersOf<Methods> {
  const grant = (action: MemoryAccess, resource: string): Capability | undefined =>
    findGrant(capabilities(), { scope: 'memory', action, resource }, now());
  const verdict = (action: MemoryAccess, resource: string): Verdict => ({
    need: { scope: 'memory', action, resource },
    granted: grant(action, resource) !== undefined,
  });
  const quota = (resource: string): number | undefined => grant('write', resource)?.restrictions.maxBytes;
  const on = (action: MemoryAccess) => (p: { readonly id: string }) =>
    verdict(action, memory.resourceOf(p.id));
  /** Who may write may read. */
  const reading = (resource: string): Verdict => {
    const read = verdict('read', resource);
    return { ...read, granted: read.granted || grant('write', resource) !== undefined };
  };

  return {
    'memory/allocate': {
      check: p => verdict('write', p.name ?? '*'),
      run: async p => ({ ...(await memory.allocate(p.size, p.name ?? null, quota(p.name ?? '*'))) }),
    },
    'memory/open': {
      check: p => reading(memory.resourceOf(p.id)),
      run: p => ({ ...memory.open(p.id) }),
    },
    'memory/share': {
      check: on('write'),
      run: async p => {
        const access = p.plugins.map(item =>
          typeof item === 'string' ? ([item, p.access] as const) : ([item.plugin, item.access] as const),
        );
        await memory.share(p.id, new Map(access));
        return null;
      },
    },
    'memory/resize': {
      check: on('write'),
      run: async p => ({ ...(await memory.resize(p.id, p.size, quota(memory.resourceOf(p.id)))) }),
    },
    'memory/freeze': { check: on('write'), run: async p => ({ ...(await memory.freeze(p.id)) }) },
    'memory/release': {
      check: p => reading(memory.resourceOf(p.id)),
      run: async p => {
        await memory.release(p.id);
        return null;
      },
    },
    'memory/list': {
      check: () => reading('*'),
      run: () => memory.list().map(handle => ({ ...handle })),
    },
  };
}
