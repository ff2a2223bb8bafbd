import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { messageOf } from '../../base/index.ts';
import { ErrorCode, type Json } from '../../protocol/plugin/index.ts';
import { WireError } from '../../protocol/wire/index.ts';
import type { WriteFileAtomically } from '../atomic-file.ts';

/** Largest configuration a plugin may set for itself, as UTF-8 JSON. */
const MAX_CONFIG_BYTES = 256 * 1024;

/** The configuration of one plugin: what the start gave, overlaid by what the plugin set itself. */
export interface Config {
  /** A fresh object with every key an own property, `__proto__` included. */
  current(): Readonly<Record<string, Json>>;
  /**
   * Sets and persists one value.
   *
   * @throws WireError when it can't be stored; the value before stays.
   */
  set(key: string, value: Json): Promise<void>;
}

/** What {@link openConfig} needs. */
export interface ConfigOptions {
  /** Folder of the plugin's data; `config.json` is in it. */
  readonly dir: string;
  /** What the start of the plugin gave. */
  readonly defaults: Readonly<Record<string, Json>>;
  readonly write: WriteFileAtomically;
  readonly warn: (message: string) => void;
}

/** Reads what the plugin set in former runs. A damaged file is left alone until the next `set`, with a warning. */
export async function openConfig(options: ConfigOptions): Promise<Config> {
  const file = path.join(options.dir, 'config.json');
  let own = await readOwn(file, options.warn);
  let last: Promise<void> = Promise.resolve();

  async function store(key: string, value: Json): Promise<void> {
    const next = new Map(own).set(key, value);
    const text = `${JSON.stringify(Object.fromEntries(next), null, 2)}\n`;
    if (Buffer.byteLength(text) > MAX_CONFIG_BYTES) {
      const message = `With "${key}" the configuration would have more than ${MAX_CONFIG_BYTES} bytes.`;
      throw new WireError(ErrorCode.LimitExceeded, message);
    }
    try {
      await options.write(file, text);
    } catch (error) {
      throw new WireError(
        ErrorCode.InternalError,
        `The configuration could not be stored: ${messageOf(error)}`,
      );
    }
    own = next;
  }

  return {
    current: () => Object.fromEntries([...Object.entries(options.defaults), ...own]),
    set: (key, value) => {
      const done = last.then(() => store(key, value));
      last = done.catch(() => {});
      return done;
    },
  };
}

async function readOwn(file: string, warn: (message: string) => void): Promise<Map<string, Json>> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('not an object');
    return new Map(Object.entries(value as Record<string, Json>));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      warn(`The stored configuration in ${file} can't be read (${messageOf(error)}); the defaults hold.`);
    }
    return new Map();
  }
}
