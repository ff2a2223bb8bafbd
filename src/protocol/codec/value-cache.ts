/** Serialised values that are kept for a time; the one unused for longest goes first. */
export interface ValueCache {
  /** Bytes kept, the keys not counted. */
  readonly bytes: number;
  /** `undefined` when it is not there or too old. Don't change what it returns. */
  get(key: string): Uint8Array | undefined;
  /** Keeps bytes under a key, so long as it says or as usual; what is larger than the whole cache is not kept. */
  set(key: string, bytes: Uint8Array, ttlMs?: number): void;
  delete(key: string): void;
  clear(): void;
}

/** What {@link createValueCache} needs. */
export interface ValueCacheOptions {
  readonly maxBytes: number;
  /** Most entries; any number when absent. */
  readonly maxEntries?: number;
  /** How long something is kept after it was set, in milliseconds. */
  readonly ttlMs: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

/** Makes an empty cache. It has no timer: what is too old goes when it is asked for or room is needed. */
export function createValueCache({
  maxBytes,
  maxEntries = Number.POSITIVE_INFINITY,
  ttlMs: usualMs,
  now,
}: ValueCacheOptions): ValueCache {
  /** In the order of last use. */
  const entries = new Map<string, { readonly bytes: Uint8Array; readonly until: number }>();
  let total = 0;

  function drop(key: string): void {
    total -= entries.get(key)?.bytes.length ?? 0;
    entries.delete(key);
  }

  return {
    get bytes() {
      return total;
    },
    get: key => {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      if (entry.until <= now()) {
        total -= entry.bytes.length;
        return undefined;
      }
      entries.set(key, entry);
      return entry.bytes;
    },
    set: (key, bytes, ttlMs = usualMs) => {
      drop(key);
      if (bytes.length > maxBytes) return;
      const time = now();
      const isFull = (): boolean => total + bytes.length > maxBytes || entries.size >= maxEntries;
      if (isFull()) for (const [old, { until }] of entries) if (until <= time) drop(old);
      for (const old of entries.keys()) {
        if (!isFull()) break;
        drop(old);
      }
      entries.set(key, { bytes, until: time + ttlMs });
      total += bytes.length;
    },
    delete: drop,
    clear: () => {
      entries.clear();
      total = 0;
    },
  };
}
