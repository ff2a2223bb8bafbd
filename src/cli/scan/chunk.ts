import { relative, sep } from 'node:path';
import type { Place } from './place.ts';

/** Files of one project that are looked at together, by one worker. Crosses threads as a message. */
export interface Chunk {
  /** Absolute path of the project's folder. */
  readonly root: string;
  /** The files whose findings are wanted, in the order they are looked at. */
  readonly places: readonly Place[];
}

/** Less than this is not worth dividing: files that take one another in would be parsed twice. */
const MIN_BYTES = 512 * 1024;

/** More than this at once would keep too many trees in memory. */
const MAX_BYTES = 4 * 1024 * 1024;

/** A file's path in its project, with `/`. */
export function nameIn(root: string, file: string): string {
  return relative(root, file).split(sep).join('/');
}

/** Files by the folder of their project. */
export function byProject(places: readonly Place[]): ReadonlyMap<string, readonly Place[]> {
  const projects = new Map<string, Place[]>();
  for (const place of places) {
    const group = projects.get(place.root);
    if (group === undefined) projects.set(place.root, [place]);
    else group.push(place);
  }
  return projects;
}

/**
 * Divides files among workers: by project, neighbours together, the largest pieces first, so that all are done at about
 * the same time.
 */
export function chunksOf(places: readonly Place[], jobs: number): Chunk[] {
  const chunks: { readonly root: string; readonly places: Place[]; size: number }[] = [];
  for (const [root, group] of byProject(places)) {
    const whole = group.reduce((sum, { size }) => sum + size, 0);
    const limit = Math.min(MAX_BYTES, Math.max(MIN_BYTES, Math.ceil(whole / jobs)));
    let chunk: (typeof chunks)[number] | undefined;
    for (const place of group) {
      if (chunk === undefined || (chunk.size > 0 && chunk.size + place.size > limit)) {
        chunk = { root, places: [], size: 0 };
        chunks.push(chunk);
      }
      chunk.places.push(place);
      chunk.size += place.size;
    }
  }
  return chunks.sort((a, b) => b.size - a.size).map(({ root, places: own }) => ({ root, places: own }));
}
