import { Emitter } from '../../../base/index.ts';
import type { HostToPluginNotifications, MemoryHandle } from '../../../protocol/plugin/index.ts';
import type { Memory } from '../../../sdk/node/package/index.d.ts';
import type { HostLink } from '../host-link.ts';
import { createSegment, type Segment } from './memory-segment.ts';

/** Shared memory, and how the host tells of changes. */
export interface MemoryService {
  readonly api: Memory;
  moved(news: HostToPluginNotifications['memory/moved']): void;
  revoked(news: HostToPluginNotifications['memory/revoked']): void;
  /** Closes the files. */
  release(): Promise<void>;
}

/**
 * Makes the way to shared memory. There is one object for each segment, which follows it to other files.
 *
 * @param onError receives what a listener throws
 */
export function createMemory(link: HostLink, onError: (error: unknown) => void): MemoryService {
  const segments = new Map<string, Segment>();

  function take(handle: MemoryHandle): Segment['api'] {
    const known = segments.get(handle.id);
    if (known) {
      known.follow(handle);
      return known.api;
    }
    const made = createSegment(handle, {
      changed: new Emitter(onError),
      reopen: id => link.call('memory/open', { id }),
    });
    segments.set(handle.id, made);
    return made.api;
  }

  function lose(id: string): void {
    segments.get(id)?.lose();
    segments.delete(id);
  }

  return {
    api: {
      allocate: async (size, { name } = {}) =>
        take(await link.call('memory/allocate', { size, ...(name === undefined ? {} : { name }) })),
      open: async id => take(await link.call('memory/open', { id })),
      share: async (id, plugins, access = 'read') => {
        await link.call('memory/share', { id, plugins, access });
      },
      resize: async (id, size) => take(await link.call('memory/resize', { id, size })),
      freeze: async id => take(await link.call('memory/freeze', { id })),
      release: async id => {
        await link.call('memory/release', { id });
        lose(id);
      },
      list: async () => (await link.call('memory/list', {})).map(take),
    },
    moved: ({ handle }) => segments.get(handle.id)?.follow(handle),
    revoked: ({ id }) => lose(id),
    release: async () => {
      await Promise.all([...segments.values()].map(segment => segment.close()));
    },
  };
}
