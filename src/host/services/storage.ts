import { readFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { messageOf } from '../../base/index.ts';
import { ErrorCode, type Json } from '../../protocol/plugin/index.ts';
import { WireError } from '../../protocol/wire/index.ts';
import { isDiskFull, type WriteFileAtomically } from '../atomic-file.ts';

/** Largest single value, as UTF-8 JSON. */
export const MAX_VALUE_BYTES = 1024 * 1024;

/** Size of everything a plugin stores, where its manifest states none. */
export const DEFAULT_STORAGE_BYTES = 10 * 1024 * 1024;

/** The persistent keys and values of one plugin. */
export interface Storage {
  /** `null` when the key is not there. */
  get(key: string): Json;
  /**
   * Resolves once the value is on disk.
   *
   * @throws WireError `LimitExceeded` when a bound or the disk is exceeded; what was stored before stays.
   */
  set(key: string, value: Json, maxBytes: number): Promise<void>;
  /** True when the key was there. */
  delete(key: string): Promise<boolean>;
  keys(): readonly string[];
  /** Resolves when everything asked for is on disk or was refused. */
  flush(): Promise<void>;
}

/** What {@link openStorage} needs. */
export interface StorageOptions {
  /** Folder of the plugin's data; `storage.json` is in it. */
  readonly dir: string;
  readonly write: WriteFileAtomically;
  /** Told when a damaged file was put aside. */
  readonly warn: (message: string) => void;
}

interface Change {
  readonly key: string;
  /** JSON text; `undefined` deletes. */
  readonly text: string | undefined;
  readonly resolve: () => void;
  readonly reject: (error: WireError) => void;
}

/**
 * Opens a plugin's storage. Changes that come while a write is under way share the next one. The values are kept as
 * JSON text in a Map, so that a key such as `__proto__` is a key like any other.
 */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const file = path.join(options.dir, 'storage.json');
  /** What is on disk, and what it will be when the waiting changes are written. */
  let committed = await readEntries(file, options.warn);
  let latest = new Map(committed);
  let latestBytes = sizeOf(committed);
  let waiting: Change[] = [];
  let writing: Promise<void> | undefined;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      const next = new Map(committed);
      for (const change of batch) apply(next, change);
      try {
        await options.write(file, serialise(next));
        committed = next;
        for (const change of batch) change.resolve();
      } catch (error) {
        latest = new Map(committed);
        for (const change of waiting) apply(latest, change);
        latestBytes = sizeOf(latest);
        for (const change of batch) change.reject(explain(error));
      }
    }
    writing = undefined;
  }

  function enqueue(key: string, text: string | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const change = { key, text, resolve, reject };
      latestBytes += entryBytes(key, text) - entryBytes(key, latest.get(key));
      apply(latest, change);
      waiting.push(change);
      writing ??= Promise.resolve().then(drain);
    });
  }

  return {
    get: key => {
      const text = latest.get(key);
      return text === undefined ? null : (JSON.parse(text) as Json);
    },
    set: async (key, value, maxBytes) => {
      const text = JSON.stringify(value);
      const bytes = Buffer.byteLength(text);
      if (bytes > MAX_VALUE_BYTES) {
        throw tooLarge(`The value of "${key}" has ${bytes} bytes; a value may have ${MAX_VALUE_BYTES}.`);
      }
      const total = latestBytes + entryBytes(key, text) - entryBytes(key, latest.get(key));
      if (total > maxBytes) {
        throw tooLarge(
          `Storing "${key}" would take ${total} bytes of storage; the plugin may use ${maxBytes}.`,
        );
      }
      await enqueue(key, text);
    },
    delete: async key => {
      if (!latest.has(key)) return false;
      await enqueue(key, undefined);
      return true;
    },
    keys: () => [...latest.keys()],
    flush: async () => {
      await writing;
    },
  };
}

function apply(entries: Map<string, string>, change: Pick<Change, 'key' | 'text'>): void {
  if (change.text === undefined) entries.delete(change.key);
  else entries.set(change.key, change.text);
}

function entryBytes(key: string, text: string | undefined): number {
  return text === undefined ? 0 : Buffer.byteLength(key) + Buffer.byteLength(text);
}

function sizeOf(entries: ReadonlyMap<string, string>): number {
  let bytes = 0;
  for (const [key, text] of entries) bytes += entryBytes(key, text);
  return bytes;
}

function serialise(entries: ReadonlyMap<string, string>): string {
  const members = [...entries].map(([key, text]) => `${JSON.stringify(key)}:${text}`);
  return `{${members.join(',\n')}}\n`;
}

async function readEntries(file: string, warn: (message: string) => void): Promise<Map<string, string>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw error;
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('not an object');
    return new Map(Object.entries(value).map(([key, entry]) => [key, JSON.stringify(entry)]));
  } catch (error) {
    const aside = await freeName(file);
    await rename(file, aside);
    warn(
      `The storage file was damaged (${messageOf(error)}). It is kept as ${aside}; the storage begins empty.`,
    );
    return new Map();
  }
}

async function freeName(file: string): Promise<string> {
  for (let n = 1; ; n++) {
    const name = path.join(path.dirname(file), `storage.corrupt-${n}.json`);
    const taken = await stat(name).then(
      () => true,
      () => false,
    );
    if (!taken) return name;
  }
}

function tooLarge(message: string): WireError {
  return new WireError(ErrorCode.LimitExceeded, message);
}

function explain(error: unknown): WireError {
  return isDiskFull(error)
    ? tooLarge('The disk is full: the change was not stored; what was stored before is kept.')
    : new WireError(ErrorCode.InternalError, `The change could not be stored: ${messageOf(error)}`);
}
