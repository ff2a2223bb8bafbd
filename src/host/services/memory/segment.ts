import { commonFormats, formats } from '../../../protocol/codec/index.ts';
import type { MemoryAccess, MemoryHandle, MemoryNotifications } from '../../../protocol/plugin/index.ts';
import type { Folders, Side } from './folders.ts';
import type { SegmentFile } from './segment-file.ts';

/** A piece of memory that a plugin shares. */
export interface Segment {
  readonly id: string;
  readonly owner: string;
  readonly name: string | null;
  /** Who else may use it. */
  access: ReadonlyMap<string, MemoryAccess>;
  size: number;
  frozen: boolean;
  file: SegmentFile;
  /** Formats of structured values that all know who have it. */
  formats: readonly string[];
  /** Counts its files. */
  epoch: number;
}

/** What a plugin process is to the shared memory. */
export interface ProcessPorts {
  /** Whether its sandbox shows the folders at {@link mountPoints}; else the process sees the host's own paths. */
  readonly mounted: boolean;
  /** Whether its manifest lets it use segments of that name now; `*` for one without a name. */
  may(action: MemoryAccess, resource: string): boolean;
  /** The formats its SDK knows; all of them while that is not known yet, `undefined` for plain JSON. */
  formats(): readonly string[] | undefined;
  /** Tells it; a process that is not up yet need not hear. */
  notify<M extends keyof MemoryNotifications>(method: M, params: MemoryNotifications[M]): void;
  /** It did in its folder what it must not do; `fatal` when it is to be ended. Bytes. */
  onMisuse(misuse: {
    readonly message: string;
    readonly used: number;
    readonly limit: number;
    readonly fatal: boolean;
  }): void;
}

/** One process with its folders and what is linked into them. */
export interface Client {
  readonly pluginId: string;
  readonly ports: ProcessPorts;
  readonly folders: Folders;
  /** Id of a segment → where it is. */
  readonly links: Map<string, { readonly side: Side; readonly file: SegmentFile }>;
}

/** Where a segment belongs for a process, by the owner's word and the manifest's; `undefined` for nowhere. */
export function sideFor(segment: Segment, { pluginId, ports }: Client): Side | undefined {
  const given = segment.owner === pluginId ? 'write' : segment.access.get(pluginId);
  if (given === undefined) return undefined;
  const resource = segment.name ?? '*';
  const mayWrite = ports.may('write', resource);
  if (given === 'write' && mayWrite && !segment.frozen) return 'rw';
  return mayWrite || ports.may('read', resource) ? 'ro' : undefined;
}

/** True when the process has more than it should: what it has open it keeps, so that the segment has to move. */
export function hasTooMuch(segment: Segment, client: Client): boolean {
  const side = client.links.get(segment.id)?.side;
  if (side === undefined) return false;
  const right = sideFor(segment, client);
  return right === undefined || (side === 'rw' && right === 'ro');
}

/** The segment as the process may use it; `undefined` when it may not. */
export function handleFor(segment: Segment, { ports, links, folders }: Client): MemoryHandle | undefined {
  const link = links.get(segment.id);
  if (!link) return undefined;
  const { id, name, owner, size, frozen, formats } = segment;
  const folder = ports.mounted ? mountPoints[link.side] : folders.pathOf(link.side);
  const file = link.file.path.slice(link.file.path.lastIndexOf('/') + 1);
  const writable = link.side === 'rw';
  return { id, name, owner, path: `${folder}/${file}`, size, writable, frozen, formats };
}

/** Finds out anew which formats all know who have the segment; true when that is news. */
export function negotiate(segment: Segment, clients: Iterable<Client>): boolean {
  const holders = [...clients].filter(({ links }) => links.has(segment.id));
  const before = segment.formats;
  segment.formats = commonFormats(holders.map(({ ports }) => ports.formats()));
  return segment.formats.join() !== before.join();
}

/** What a segment begins with: nobody has it yet. */
export const allFormats: readonly string[] = formats;

/** Where the folders are in a sandbox. */
export const mountPoints = { ro: '/shared/ro', rw: '/shared/rw' } as const;
