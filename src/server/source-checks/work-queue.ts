import { setImmediate as letOthersRun } from 'node:timers/promises';
import type { Disposable } from '../../base/index.ts';

/** Does one piece of work after the other, and lets the process do whatever else it has to in between. */
export interface WorkQueue extends Disposable {
  /** Replaces what waits under the key. What is `urgent` comes before everything that waits. */
  add(key: string, work: () => void | Promise<void>, urgent?: boolean): void;
  remove(key: string): void;
}

/** @param run does a piece of work; never rejects */
export function createWorkQueue(run: (work: () => void | Promise<void>) => Promise<void>): WorkQueue {
  let waiting = new Map<string, () => void | Promise<void>>();
  let isBusy = false;
  const drain = async (): Promise<void> => {
    isBusy = true;
    for (;;) {
      await letOthersRun();
      const [next] = waiting;
      if (next === undefined) break;
      waiting.delete(next[0]);
      await run(next[1]);
    }
    isBusy = false;
  };
  return {
    add: (key, work, urgent = false) => {
      waiting.delete(key);
      if (urgent) waiting = new Map([[key, work], ...waiting]);
      else waiting.set(key, work);
      if (!isBusy) void drain();
    },
    remove: key => {
      waiting.delete(key);
    },
    dispose: () => waiting.clear(),
  };
}
