import { createAnalyzer } from '../../analysis/index.ts';
import { type CacheEntry, entryOf, type ScanCache } from './cache.ts';
import { byProject, chunksOf, nameIn } from './chunk.ts';
import { type LookedAt, openChunk } from './look.ts';
import type { Place } from './place.ts';
import { lookInParallel } from './pool.ts';
import { projectFiles } from './project-files.ts';
import { staleFiles } from './stale.ts';

/** What a scan works with. */
export interface ScanPorts {
  loadWasm(name: string): Promise<Uint8Array>;
  /** The script that becomes a worker, and the folder it finds the grammars in. */
  readonly worker: { readonly script: string; readonly wasmDir: string };
  /** How many threads may look at once. */
  readonly jobs: number;
  /** What earlier scans found; `undefined` to look at everything. */
  readonly cache: ScanCache | undefined;
  /** Told how many of how many files have been looked at. */
  onProgress(done: number, all: number): void;
}

/** Less than this is looked at sooner than a thread is started. */
const IN_PLACE_BYTES = 192 * 1024;

/**
 * Looks at files, those whose results are not known yet.
 *
 * @throws when a worker can't be started; the signal's reason when it is aborted.
 */
export async function scanPlaces(
  places: readonly Place[],
  ports: ScanPorts,
  stop: AbortSignal,
): Promise<readonly LookedAt[]> {
  const results: LookedAt[] = [];
  const waiting: Place[] = [];
  const projects = byProject(places);
  const kept = new Map<string, ReadonlyMap<string, CacheEntry>>();
  for (const [root, own] of projects) {
    stop.throwIfAborted();
    const entries = (await ports.cache?.load(root)) ?? new Map<string, CacheEntry>();
    kept.set(root, entries);
    if (entries.size === 0) {
      waiting.push(...own);
      continue;
    }
    const names = new Map(own.map(place => [nameIn(root, place.file), place]));
    const files = projectFiles(root, new Map());
    const stale = staleFiles([...names.keys()], entries, files.hashOf);
    for (const [name, place] of names) {
      const entry = entries.get(name);
      if (entry === undefined || stale.has(name)) waiting.push(place);
      else results.push({ file: place.file, root, isLasting: true, ...entry });
    }
  }
  let known = results.length;
  ports.onProgress(known, places.length);
  const take = (result: LookedAt): void => {
    results.push(result);
    ports.onProgress(++known, places.length);
  };
  await lookAt(waiting, ports, take, stop);
  if (ports.cache !== undefined && waiting.length > 0) {
    for (const [root, own] of projects) {
      await ports.cache.save(root, entriesAfter(root, own, kept.get(root), results)).catch(() => undefined);
    }
  }
  return results;
}

async function lookAt(
  places: readonly Place[],
  ports: ScanPorts,
  take: (result: LookedAt) => void,
  stop: AbortSignal,
): Promise<void> {
  if (places.length === 0) return;
  const languages = new Set(places.flatMap(({ language }) => besides(language)));
  const bytes = places.reduce((sum, { size }) => sum + size, 0);
  const chunks = chunksOf(places, ports.jobs);
  if (bytes > IN_PLACE_BYTES) {
    const { script, wasmDir } = ports.worker;
    const task = { kind: 'plugin-workbench-scan', wasmDir, languages } as const;
    return lookInParallel(chunks, { script, task, jobs: ports.jobs, onLooked: take }, stop);
  }
  const analyzer = await createAnalyzer({ loadWasm: ports.loadWasm, languages });
  for (const chunk of chunks) {
    const look = openChunk(chunk, analyzer);
    for (const place of chunk.places) {
      take(look(place));
      // Ctrl-C is heard between two files.
      await new Promise(resolve => setImmediate(resolve));
      stop.throwIfAborted();
    }
  }
}

/** The languages that files of one language take in. */
function besides(language: Place['language']): Place['language'][] {
  const family: Place['language'][] = ['javascript', 'typescript', 'tsx'];
  return family.includes(language) ? family : [language];
}

/** What is known of a project from now on: of files that were not asked for this time, what was known. */
function entriesAfter(
  root: string,
  own: readonly Place[],
  before: ReadonlyMap<string, CacheEntry> | undefined,
  results: readonly LookedAt[],
): ReadonlyMap<string, CacheEntry> {
  const after = new Map(before);
  for (const { file } of own) after.delete(nameIn(root, file));
  const files = projectFiles(root, new Map());
  // Of those the ones that are gone are forgotten.
  for (const [name, { hash }] of after) if (files.hashOf(name) !== hash) after.delete(name);
  for (const result of results) {
    const entry = result.root === root ? entryOf(result) : undefined;
    if (entry !== undefined) after.set(nameIn(root, result.file), entry);
  }
  return after;
}
