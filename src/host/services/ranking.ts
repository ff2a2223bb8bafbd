import type { Neighbour } from './neighbour.ts';
import type { Ranked, Registered } from './registrations.ts';

/** Those that have a place, in order: by priority, the lower first, then as they were registered. */
export function inOrder(
  peers: readonly Neighbour[],
  placeOf: (peer: Neighbour) => (Ranked & Registered) | undefined,
): readonly Neighbour[] {
  const placed = peers.flatMap(peer => {
    const place = placeOf(peer);
    return place ? [{ peer, place }] : [];
  });
  placed.sort((a, b) => a.place.priority - b.place.priority || a.place.order - b.place.order);
  return placed.map(({ peer }) => peer);
}
