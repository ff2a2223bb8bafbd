import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Disposable } from '../../base/index.ts';
import type { Json } from '../../protocol/plugin/index.ts';
import type { WriteFileAtomically } from '../atomic-file.ts';

/** How long after a call the state is saved; calls in between share one save. */
const DELAY_MS = 500;

/** Keeps the state of a running plugin on disk, so that a new host can take it up when this one dies. */
export interface Snapshots extends Disposable {
  /** Something happened that may have changed the state. */
  touch(): void;
  /** The state that was saved last; `undefined` when there is none or it can't be read. */
  read(): Promise<Json | undefined>;
  /** Saves a state now. */
  save(state: Json): Promise<void>;
  /** Removes what was saved. */
  forget(): Promise<undefined>;
  /** Forgets the saved state and saves no more: the plugin was stopped on purpose. */
  remove(): Promise<void>;
}

/** What {@link createSnapshots} needs. */
export interface SnapshotOptions {
  /** Folder of the plugin's data; `state.json` is in it. */
  readonly dir: string;
  /** The state now; `undefined` when it should not be saved, for instance during a reload. */
  capture(): Promise<Json | undefined>;
  readonly write: WriteFileAtomically;
  readonly warn: (error: unknown) => void;
}

/** Makes the snapshots of one plugin. Nothing runs while nobody calls `touch`. */
export function createSnapshots(options: SnapshotOptions): Snapshots {
  const file = path.join(options.dir, 'state.json');
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let stopped = false;

  async function save(): Promise<void> {
    try {
      const state = await options.capture();
      if (state === undefined || stopped) return;
      await options.write(file, JSON.stringify({ state }));
    } catch (error) {
      options.warn(error);
    }
  }

  async function forget(): Promise<undefined> {
    await writing;
    await rm(file, { force: true });
  }

  function dispose(): void {
    stopped = true;
    clearTimeout(timer);
    timer = undefined;
  }

  return {
    touch: () => {
      if (stopped || timer) return;
      timer = setTimeout(() => {
        timer = undefined;
        writing = writing.then(save);
      }, DELAY_MS).unref();
    },
    read: async () => {
      try {
        const saved = JSON.parse(await readFile(file, 'utf8')) as { readonly state?: Json };
        return saved.state;
      } catch {
        return undefined;
      }
    },
    save: state => {
      writing = writing.then(() => options.write(file, JSON.stringify({ state }))).catch(options.warn);
      return writing;
    },
    forget,
    remove: async () => {
      dispose();
      await forget();
    },
    dispose,
  };
}
