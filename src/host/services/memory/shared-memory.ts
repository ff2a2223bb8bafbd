import type { Disposable } from '../../../base/index.ts';
import { messageOf } from '../../../base/index.ts';
import type { MemoryAccess, MemoryHandle } from '../../../protocol/plugin/index.ts';
import { memoryFolders, openPlace } from './place.ts';
import { createPool, type MemoryQuotas, type Pool } from './pool.ts';
import { notAllowed, notFound, unavailable } from './refusals.ts';
import { type Client, handleFor, mountPoints, type ProcessPorts, type Segment } from './segment.ts';

const MIB = 1024 * 1024;

/** The quotas where nothing else is said. */
export const defaultMemoryQuotas: MemoryQuotas = { host: 256 * MIB, plugin: 64 * MIB };

/** How often the writable folders are looked at, in milliseconds. */
const INSPECT_MS = 500;

/** One process's way to shared memory. Disposing removes its folders; the segments of its plugin stay. */
export interface ProcessMemory {
  /** What its sandbox has to show: a place on the host, and where the process looks for it. */
  readonly folders: readonly { readonly from: string; readonly to: string; readonly writable: boolean }[];
  /** The name of a segment the process may use, for a decision about it; `*` when it has none or there is none. */
  resourceOf(id: string): string;
  /** @param quota bytes the plugin may share at once, the host's default when absent @throws WireError as all that follow */
  allocate(size: number, name: string | null, quota?: number): Promise<MemoryHandle>;
  open(id: string): MemoryHandle;
  share(id: string, access: ReadonlyMap<string, MemoryAccess>): Promise<void>;
  resize(id: string, size: number, quota?: number): Promise<MemoryHandle>;
  freeze(id: string): Promise<MemoryHandle>;
  release(id: string): Promise<void>;
  list(): readonly MemoryHandle[];
  /** Removes what the process had; call it when the process is gone. */
  end(): Promise<void>;
}

/** The shared memory of a host. */
export interface SharedMemory {
  /** Prepares the folders of a process. Where the machine has no place, each use is refused and there are no folders. */
  attach(pluginId: string, ports: ProcessPorts): Promise<ProcessMemory>;
  /** Ends the segments of a plugin that was stopped for good. */
  forget(pluginId: string): Promise<void>;
  /** Applies grants that have changed. */
  recheck(): Promise<void>;
  /** Removes everything; call it when all processes are gone. */
  end(): Promise<void>;
}

/** What {@link createSharedMemory} needs. */
export interface SharedMemoryOptions {
  readonly quotas?: MemoryQuotas;
  /** Folders on memory file systems, the best first; those of this machine when absent. */
  readonly bases?: readonly string[];
  /** Whether to mount a file system of its own where that is allowed; true when absent. */
  readonly mount?: boolean;
}

/** Makes the shared memory of a host. Nothing is made on the machine before the first process attaches. */
export function createSharedMemory(options: SharedMemoryOptions = {}): SharedMemory {
  const { quotas = defaultMemoryQuotas, bases = memoryFolders(process.env), mount = true } = options;
  let opening: Promise<{ pool: Pool; looking: Disposable }> | undefined;

  async function open(): Promise<{ pool: Pool; looking: Disposable }> {
    // Twice the quota: a segment that moves is there twice for a moment.
    const place = await openPlace({ bases, mount, bytes: quotas.host * 2 });
    const pool = createPool(place, quotas);
    const timer = setInterval(() => void pool.inspect().catch(() => {}), INSPECT_MS).unref();
    return { pool, looking: { dispose: () => clearInterval(timer) } };
  }

  return {
    attach: async (pluginId, ports) => {
      opening ??= open();
      let pool: Pool;
      try {
        pool = (await opening).pool;
      } catch (error) {
        // What was missing may be there by the next time.
        opening = undefined;
        return noMemory(messageOf(error));
      }
      return processMemory(pool, pool.attach(pluginId, ports), quotas.plugin);
    },
    forget: async pluginId => (await opening?.catch(() => undefined))?.pool.forget(pluginId),
    recheck: async () => (await opening?.catch(() => undefined))?.pool.recheck(),
    end: async () => {
      const opened = await opening?.catch(() => undefined);
      opening = undefined;
      opened?.looking.dispose();
      await opened?.pool.dispose();
    },
  };
}

function processMemory(pool: Pool, client: Client, defaultQuota: number): ProcessMemory {
  const { mounted } = client.ports;

  function find(id: string): Segment {
    const segment = pool.find(client, id);
    if (!segment) throw notFound(id);
    return segment;
  }

  function own(id: string): Segment {
    const segment = find(id);
    if (segment.owner !== client.pluginId) throw notAllowed('Only the plugin that allocated it may do that.');
    return segment;
  }

  function handle(segment: Segment): MemoryHandle {
    const made = handleFor(segment, client);
    if (!made) throw notFound(segment.id);
    return made;
  }

  return {
    folders: (['ro', 'rw'] as const).map(side => ({
      from: client.folders.pathOf(side),
      to: mounted ? mountPoints[side] : client.folders.pathOf(side),
      writable: side === 'rw',
    })),
    resourceOf: id => pool.find(client, id)?.name ?? '*',
    allocate: async (size, name, quota = defaultQuota) =>
      handle(await pool.allocate(client, size, name, quota)),
    open: id => {
      const segment = find(id);
      pool.renegotiate(segment);
      return handle(segment);
    },
    share: async (id, access) => pool.change(own(id), { access }),
    resize: async (id, size, quota = defaultQuota) => {
      const segment = own(id);
      if (segment.frozen) throw notAllowed('It is frozen.');
      await pool.resize(segment, size, quota);
      return handle(segment);
    },
    freeze: async id => {
      const segment = own(id);
      await pool.change(segment, { frozen: true });
      return handle(segment);
    },
    release: async id => {
      const segment = find(id);
      if (segment.owner === client.pluginId) return pool.discard(segment);
      const access = new Map(segment.access);
      access.delete(client.pluginId);
      await pool.change(segment, { access });
    },
    list: () => pool.visible(client).map(handle),
    end: () => pool.detach(client),
  };
}

/** Stands in where there is no shared memory for a process: every use is refused. */
export function noMemory(reason: string): ProcessMemory {
  const refuse = (): never => {
    throw unavailable(reason);
  };
  const refuseLater = async (): Promise<never> => refuse();
  return {
    folders: [],
    resourceOf: () => '*',
    allocate: refuseLater,
    open: refuse,
    share: refuseLater,
    resize: refuseLater,
    freeze: refuseLater,
    release: refuseLater,
    list: refuse,
    end: async () => {},
  };
}
