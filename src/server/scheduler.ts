import type { Disposable } from '../base/index.ts';

/** Runs the latest work of each key once it has been quiet for a while. */
export interface Scheduler extends Disposable {
  /** Replaces what is waiting under the key. */
  schedule(key: string, work: () => void): void;
  cancel(key: string): void;
}

/** @param delayMs how long a key has to be quiet */
export function createScheduler(delayMs: number): Scheduler {
  const waiting = new Map<string, NodeJS.Timeout>();
  const cancel = (key: string): void => {
    clearTimeout(waiting.get(key));
    waiting.delete(key);
  };
  return {
    cancel,
    schedule: (key, work) => {
      cancel(key);
      waiting.set(
        key,
        setTimeout(() => {
          waiting.delete(key);
          work();
        }, delayMs),
      );
    },
    dispose: () => {
      for (const key of [...waiting.keys()]) cancel(key);
    },
  };
}
