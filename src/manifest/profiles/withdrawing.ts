import type { ManifestDocument } from '../document.ts';
import type { ManifestChange } from '../editing/index.ts';
import { stringsAt } from '../meaning/values.ts';
import type { Capability, SourcePath } from '../model.ts';

/**
 * The changes that take grants back, for a manifest that says each of them in a place of its own. A place that grants
 * several things goes only when none of them is to stay.
 *
 * @param all everything the manifest grants
 */
export function withdrawPlaces(
  unused: readonly Capability[],
  all: readonly Capability[],
  document: ManifestDocument,
): ManifestChange[] {
  const gone = new Set(unused);
  const kept = new Set(all.filter(capability => !gone.has(capability)).map(({ at }) => keyOf(at)));
  const places = new Map(unused.map(({ at }) => [keyOf(at), at] as const));
  for (const key of kept) places.delete(key);
  return removals(emptied([...places.values()], document));
}

/** What would lose all it holds goes as a whole: an empty list says nothing and only looks like a grant. */
function emptied(places: readonly SourcePath[], document: ManifestDocument): SourcePath[] {
  const owners = new Map<string, SourcePath[]>();
  for (const place of places) {
    const owner = keyOf(place.slice(0, -1));
    owners.set(owner, [...(owners.get(owner) ?? []), place]);
  }
  return [...owners.values()].flatMap(items => {
    const owner = items[0]?.slice(0, -1) ?? [];
    const node = document.nodeAt(owner);
    const size =
      node?.kind === 'array' ? node.items.length : node?.kind === 'object' ? node.properties.length : 0;
    // The outermost, such as `permissions`, stays: that it is empty says something.
    return size === items.length && owner.length > 1 ? [owner] : items;
  });
}

/** From the last to the first, so that no removal moves what another one names. */
export function removals(places: readonly SourcePath[]): ManifestChange[] {
  return [...places].sort((a, b) => compare(b, a)).map(path => ({ kind: 'remove', path }));
}

/** The changes that put narrower resources in the place of one; empty where it is no text in a list. */
export function narrowItem(
  { at }: Capability,
  resources: readonly string[],
  document: ManifestDocument,
): ManifestChange[] {
  const [first, ...others] = resources;
  const list = at.slice(0, -1);
  const texts = stringsAt(document, list);
  if (first === undefined || texts === undefined || typeof at.at(-1) !== 'number') return [];
  const known = new Set(texts.map(({ value }) => value));
  const added = others.filter(resource => !known.has(resource));
  return [
    { kind: 'set', path: at, value: first },
    ...added.map((value): ManifestChange => ({ kind: 'append', path: list, value })),
  ];
}

export function keyOf(path: SourcePath): string {
  return JSON.stringify(path);
}

function compare(a: SourcePath, b: SourcePath): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const [one, other] = [a[index], b[index]];
    if (one === other) continue;
    if (typeof one === 'number' && typeof other === 'number') return one - other;
    return String(one) < String(other) ? -1 : 1;
  }
  return a.length - b.length;
}
