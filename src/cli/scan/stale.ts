import type { CacheEntries, CacheEntry } from './cache.ts';

/**
 * Which of the wanted files of a project must be looked at (again), by their names.
 *
 * A file must when it, or anything that its findings depend on, is not what it was. What such a file takes in must be
 * looked at too: the outermost statements of a file are run once, by the first that takes it in, and what is found there
 * is kept in that one's entry. For the same reason what a file took in is looked at again when that file is gone.
 *
 * @param hashOf what a file or folder is now
 */
export function staleFiles(
  wanted: readonly string[],
  entries: CacheEntries,
  hashOf: (name: string) => string,
): ReadonlySet<string> {
  const names = new Set(wanted);
  const stale = new Set<string>();
  const take = (entry: CacheEntry): void => {
    for (const other of Object.keys(entry.dependencies)) if (names.has(other)) stale.add(other);
  };
  for (const name of names) {
    const entry = entries.get(name);
    if (entry !== undefined && isFresh(name, entry, hashOf)) continue;
    stale.add(name);
    if (entry !== undefined) take(entry);
  }
  for (const [name, entry] of entries) if (!names.has(name)) take(entry);
  return stale;
}

function isFresh(
  name: string,
  { hash, dependencies }: CacheEntry,
  hashOf: (name: string) => string,
): boolean {
  if (hashOf(name) !== hash) return false;
  return Object.entries(dependencies).every(([other, was]) => hashOf(other) === was);
}
