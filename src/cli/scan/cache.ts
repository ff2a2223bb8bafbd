import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Finding } from '../../base/index.ts';
import { writeWhole } from './cache-folder.ts';
import type { LookedAt } from './look.ts';

const position = v.object({ line: v.number(), character: v.number() });
const range = v.object({ start: position, end: position });
const finding = v.object({
  code: v.string(),
  severity: v.picklist(['error', 'warning', 'info', 'hint']),
  message: v.string(),
  why: v.optional(v.string()),
  file: v.string(),
  range,
  fix: v.optional(v.object({ title: v.string(), edits: v.array(v.object({ range, newText: v.string() })) })),
  related: v.optional(v.array(v.object({ file: v.string(), range, message: v.string() }))),
});
const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const entry = v.object({
  name: v.string(),
  hash: v.string(),
  findings: v.array(finding),
  dependencies: v.array(index),
});
const cacheFile = v.object({
  version: v.string(),
  root: v.string(),
  /** What entries depend on, each with its hash once: in a plugin of a thousand files every one may depend on most. */
  known: v.array(v.tuple([v.string(), v.string()])),
  entries: v.array(entry),
});

/** What an earlier look at a file found, and what it depended on. */
export interface CacheEntry {
  readonly hash: string;
  readonly findings: readonly Finding[];
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Larger than this a cache is not kept: reading it would take as long as looking again. */
const MAX_CACHE_BYTES = 32 * 1024 * 1024;

/** The results of earlier scans of one project, by the files' names in it. */
export type CacheEntries = ReadonlyMap<string, CacheEntry>;

/** Keeps results of scans from one run to the next. */
export interface ScanCache {
  /** What is known of a project; nothing when there is none, it is broken, or of other rules. Never rejects. */
  load(root: string): Promise<CacheEntries>;
  /** Replaces what is known of a project. Rejects when it can't be written. */
  save(root: string, entries: CacheEntries): Promise<void>;
}

/** @param version of rules, analysis and whatever else results depend on: what was kept under another is not used */
export function createScanCache(folder: string, version: string): ScanCache {
  const nameOf = (root: string): string =>
    `${createHash('sha256').update(root).digest('hex').slice(0, 32)}.json`;
  return {
    load: async root => {
      try {
        const file = join(folder, nameOf(root));
        const { size } = await stat(file);
        if (size > MAX_CACHE_BYTES) return new Map();
        const kept = v.parse(cacheFile, JSON.parse(await readFile(file, 'utf8')));
        if (kept.version !== version || kept.root !== root) return new Map();
        return entriesFrom(kept);
      } catch {
        return new Map();
      }
    },
    save: async (root, entries) => {
      const text = JSON.stringify({ version, root, ...packed(entries) });
      if (text.length > MAX_CACHE_BYTES) return;
      await writeWhole(folder, nameOf(root), text);
    },
  };
}

/** What is kept of a look; nothing of one that might come out otherwise the next time. */
export function entryOf({ hash, findings, dependencies, isLasting }: LookedAt): CacheEntry | undefined {
  return isLasting ? { hash, findings, dependencies } : undefined;
}

function packed(
  entries: CacheEntries,
): Pick<v.InferOutput<typeof cacheFile>, 'known'> & { entries: object[] } {
  const known: [string, string][] = [];
  const places = new Map<string, number>();
  const placeOf = (name: string, hash: string): number => {
    const key = `${name}\0${hash}`;
    let place = places.get(key);
    if (place === undefined) {
      place = known.push([name, hash]) - 1;
      places.set(key, place);
    }
    return place;
  };
  const all = [...entries].map(([name, { hash, findings, dependencies }]) => ({
    name,
    hash,
    findings,
    dependencies: Object.entries(dependencies).map(pair => placeOf(...pair)),
  }));
  return { known, entries: all };
}

/** @throws when a dependency is none of those that are known */
function entriesFrom({ known, entries }: v.InferOutput<typeof cacheFile>): CacheEntries {
  return new Map(
    entries.map(({ name, hash, findings, dependencies }) => {
      const pairs = dependencies.map(place => known[place] ?? brokenReference(place));
      return [name, { hash, findings, dependencies: Object.fromEntries(pairs) }];
    }),
  );
}

function brokenReference(place: number): never {
  throw new RangeError(`There is no dependency ${place}.`);
}
