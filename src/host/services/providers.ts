import { ErrorCode, type Json, type ProviderEntry } from '../../protocol/plugin/index.ts';
import { WireError } from '../../protocol/wire/index.ts';
import type { Neighbour } from './neighbour.ts';
import { passOn } from './pass-on.ts';
import type { Terms } from './terms.ts';

/** Most bytes, roughly, that a provider may say about itself. */
export const MAX_INFO = 16 * 1024;

/** A method of a provider, and who asks for it. */
export interface ProviderCall {
  readonly kind: string;
  /** The one that was registered first when absent. */
  readonly id?: string | undefined;
  readonly method: string;
  readonly args: Json;
  /** They are tagged JSON, and so is what comes back. */
  readonly typed?: true | undefined;
}

/** The providers of a kind, the one that was registered first at the head. */
export function listProviders(kind: string, peers: readonly Neighbour[]): readonly ProviderEntry[] {
  return find(kind, peers).map(({ peer, id, info }) => ({ kind, id, plugin: peer.pluginId, info }));
}

/**
 * Calls a method of a provider.
 *
 * @throws WireError `NotFound` when there is none; otherwise what it answers, without the data that tells of the
 * other plugin's inside
 */
export async function callProvider(
  { kind, id: wanted, method, args, typed }: ProviderCall,
  peers: readonly Neighbour[],
  terms: Terms,
): Promise<Json> {
  const found = find(kind, peers).find(({ id }) => wanted === undefined || id === wanted);
  if (!found) {
    const which = wanted === undefined ? '' : ` "${wanted}"`;
    throw new WireError(ErrorCode.NotFound, `There is no provider${which} of the kind "${kind}".`);
  }
  const { peer, id } = found;
  try {
    const params = { kind, id, method, args, ...(typed ? { typed } : {}) };
    return await peer.ask('providers/call', params, terms);
  } catch (error) {
    throw passOn(error, peer.pluginId);
  }
}

function find(kind: string, peers: readonly Neighbour[]) {
  return peers
    .flatMap(peer =>
      [...peer.registrations.providers.values()]
        .filter(provided => provided.kind === kind)
        .map(({ id, info, order }) => ({ peer, id, info, order })),
    )
    .sort((a, b) => a.order - b.order);
}
