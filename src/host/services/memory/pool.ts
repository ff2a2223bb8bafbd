import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { createSerial } from '../../plugin/serial.ts';
import { makeFolders } from './folders.ts';
import { inspect } from './inspection.ts';
import { createOldFiles } from './old-files.ts';
import type { Place } from './place.ts';
import { full } from './refusals.ts';
import {
  allFormats,
  type Client,
  handleFor,
  hasTooMuch,
  negotiate,
  type ProcessPorts,
  type Segment,
  sideFor,
} from './segment.ts';
import { copyFile, growFile, makeFile, type SegmentFile } from './segment-file.ts';

/** Sizes in bytes. */
export interface MemoryQuotas {
  /** All segments of the host. */
  readonly host: number;
  /** Those of one plugin whose manifest says nothing else. */
  readonly plugin: number;
}

/** Most segments of one plugin. */
const MAX_SEGMENTS = 256;

/** The part of the memory file system that is left to others. */
const KEPT_FREE = 0.1;

/** The segments of a host and the processes that see them. Its methods run one after another. */
export interface Pool {
  attach(pluginId: string, ports: ProcessPorts): Client;
  /** Removes the folders of a process that is gone. */
  detach(client: Client): Promise<void>;
  /** `undefined` when there is none of that id or the process may not use it. */
  find(client: Client, id: string): Segment | undefined;
  visible(client: Client): readonly Segment[];
  /** Finds out which formats those have in common who have it now, and tells them when that has changed. */
  renegotiate(segment: Segment): void;
  /** @throws WireError `LimitExceeded` */
  allocate(client: Client, size: number, name: string | null, quota: number): Promise<Segment>;
  /** Changes who may do what; whoever loses something keeps no more than the past. @throws WireError, nothing changed then */
  change(segment: Segment, changes: Partial<Pick<Segment, 'access' | 'frozen'>>): Promise<void>;
  /** @throws WireError `LimitExceeded` */
  resize(segment: Segment, size: number, quota: number): Promise<void>;
  discard(segment: Segment): Promise<void>;
  /** Ends the segments a plugin owns. */
  forget(pluginId: string): Promise<void>;
  /** Applies what the manifests or grants say now. */
  recheck(): Promise<void>;
  /** Looks after the writable folders and puts right what it finds. */
  inspect(): Promise<void>;
  dispose(): Promise<void>;
}

/** Makes an empty pool. */
export function createPool(place: Place, quotas: MemoryQuotas): Pool {
  const store = path.join(place.dir, 'store');
  mkdirSync(store, { mode: 0o700 });
  const segments = new Map<string, Segment>();
  const clients = new Set<Client>();
  const old = createOldFiles();
  const serial = createSerial();
  const fileMode = (frozen: boolean): number => (place.forOthers ? 0o666 : 0o600) & (frozen ? 0o444 : 0o666);
  const newPath = (id: string, epoch: number): string => path.join(store, `${id}.${epoch}`);
  const sum = (owner?: string): number =>
    [...segments.values()]
      .filter(segment => owner === undefined || segment.owner === owner)
      .reduce((total, { size }) => total + size, 0);

  /** Looks whether so many more bytes fit. What others keep of the past gives way. */
  async function makeRoom(owner: string, bytes: number, quota: number): Promise<void> {
    const used = sum(owner);
    if (used + bytes > quota) {
      throw full(
        `${bytes} bytes more would be ${used + bytes} bytes of shared memory; the plugin may use ${quota}.`,
      );
    }
    if (sum() + bytes > quotas.host) {
      throw full(`All plugins together share ${sum()} bytes; ${bytes} more would be over ${quotas.host}.`);
    }
    await old.shrinkTo(quotas.host - sum() - bytes);
    refuseWhenTight(bytes);
  }

  function refuseWhenTight(bytes: number): void {
    const free = place.free() * (1 - KEPT_FREE);
    if (bytes > free) {
      throw full(`The machine has ${Math.floor(free)} bytes of memory to share; ${bytes} are needed.`);
    }
  }

  /** Puts the content into a new file; processes get to it when they are linked anew. */
  async function move(segment: Segment, size: number): Promise<void> {
    await old.shrinkTo(quotas.host - size);
    refuseWhenTight(size);
    const epoch = segment.epoch + 1;
    const fresh = await copyFile(
      segment.file.path,
      newPath(segment.id, epoch),
      size,
      fileMode(segment.frozen),
    );
    const holders = [...clients].filter(client => client.links.has(segment.id));
    await old.add(segment, holders);
    Object.assign(segment, { file: fresh, epoch, size });
    await old.shrinkTo(quotas.host - sum());
  }

  /** Brings the links of every process into line, and tells those for whom something is different. */
  function relink(segment: Segment, isNews = false): void {
    for (const client of clients) {
      const before = client.links.get(segment.id);
      const side = segments.has(segment.id) ? sideFor(segment, client) : undefined;
      if (before?.side !== side || before?.file !== segment.file) {
        try {
          settle(client, segment, side);
        } catch {
          // Where no link can be made there is no access; the process is told so.
        }
      } else if (!isNews) continue;
      if (!before) continue;
      const handle = handleFor(segment, client);
      if (handle) client.ports.notify('memory/moved', { handle });
      else client.ports.notify('memory/revoked', { id: segment.id });
    }
    renegotiate(segment);
  }

  /** Sees to it that all who have a segment know in which formats they understand one another. */
  function renegotiate(segment: Segment): void {
    if (!negotiate(segment, clients)) return;
    for (const client of clients) {
      const handle = handleFor(segment, client);
      if (handle) client.ports.notify('memory/moved', { handle });
    }
  }

  async function apply(segment: Segment, mustMove: boolean): Promise<void> {
    const loses = !segment.frozen && [...clients].some(client => hasTooMuch(segment, client));
    if (mustMove || loses) await move(segment, segment.size);
    relink(segment);
  }

  async function discard(segment: Segment): Promise<void> {
    if (!segments.delete(segment.id)) return;
    const holders = [...clients].filter(
      client => client.links.has(segment.id) && client.pluginId !== segment.owner,
    );
    relink(segment);
    await old.add(segment, holders);
  }

  async function detach(client: Client): Promise<void> {
    if (!clients.delete(client)) return;
    try {
      client.folders.remove();
    } catch {
      // Something of the process is still at it; what is left goes with the place of the host.
    }
    await old.letGo(client);
  }

  return {
    attach: (pluginId, ports) => {
      const folders = makeFolders(place.dir, place.forOthers);
      const client: Client = { pluginId, ports, folders, links: new Map() };
      clients.add(client);
      for (const segment of segments.values()) settle(client, segment, sideFor(segment, client));
      return client;
    },
    detach: client => serial(() => detach(client)),
    find: (client, id) => {
      const segment = segments.get(id);
      return segment && client.links.has(id) ? segment : undefined;
    },
    visible: client => [...segments.values()].filter(({ id }) => client.links.has(id)),
    renegotiate,
    allocate: (client, size, name, quota) =>
      serial(async () => {
        const owned = [...segments.values()].filter(({ owner }) => owner === client.pluginId);
        if (owned.length >= MAX_SEGMENTS) throw full(`A plugin may have ${MAX_SEGMENTS} segments, not more.`);
        await makeRoom(client.pluginId, size, quota);
        const id = randomBytes(16).toString('hex');
        const file = await makeFile(newPath(id, 1), size, fileMode(false));
        const segment: Segment = {
          id,
          owner: client.pluginId,
          name,
          access: new Map(),
          size,
          frozen: false,
          file,
          formats: allFormats,
          epoch: 1,
        };
        segments.set(id, segment);
        relink(segment);
        return segment;
      }),
    change: (segment, changes) =>
      serial(async () => {
        const before = { access: segment.access, frozen: segment.frozen };
        Object.assign(segment, changes);
        try {
          await apply(segment, segment.frozen && !before.frozen);
        } catch (error) {
          Object.assign(segment, before);
          throw error;
        }
      }),
    resize: (segment, size, quota) =>
      serial(async () => {
        if (size > segment.size) {
          await makeRoom(segment.owner, size - segment.size, quota);
          await growFile(segment.file.path, segment.size, size);
          segment.size = size;
        } else if (size < segment.size) {
          // A shorter file would end whoever has the longer one mapped.
          await move(segment, size);
        }
        relink(segment, true);
      }),
    discard: segment => serial(() => discard(segment)),
    forget: pluginId =>
      serial(async () => {
        for (const segment of [...segments.values()]) if (segment.owner === pluginId) await discard(segment);
      }),
    recheck: () =>
      serial(async () => {
        for (const segment of segments.values()) {
          // Where there is no memory for another file, the link is taken away at least.
          await apply(segment, false).catch(() => relink(segment));
        }
      }),
    inspect: () => serial(() => inspect({ clients, segments, quota: quotas.plugin })),
    dispose: () =>
      serial(async () => {
        for (const client of [...clients]) await detach(client);
        segments.clear();
        await place.remove();
      }),
  };
}

/** Makes and removes links so that a segment is where it belongs for a process. */
function settle(client: Client, segment: Segment, side: 'ro' | 'rw' | undefined): void {
  const { links, folders } = client;
  const before = links.get(segment.id);
  if (before) {
    folders.unlink(before.side, baseOf(before.file));
    links.delete(segment.id);
  }
  if (side === undefined) return;
  folders.link(side, segment.file);
  links.set(segment.id, { side, file: segment.file });
}

function baseOf(file: SegmentFile): string {
  return path.basename(file.path);
}
