/** Lets one task at a time have a key, in the order they came. */
export interface Locks {
  /** Rejects with the reason of `signal` when it is aborted before the task's turn; afterwards the task must look. */
  run<T>(key: string, task: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

/** Makes locks that nobody holds. */
export function createLocks(): Locks {
  /** Key → settles when everyone who came so far is done. */
  const tails = new Map<string, Promise<void>>();
  return {
    run: async (key, task, signal) => {
      const before = tails.get(key) ?? Promise.resolve();
      let release!: () => void;
      const held = new Promise<void>(resolve => {
        release = resolve;
      });
      // Whoever gives up waiting must not let the next one in before the one that still works is done.
      const tail = before.then(() => held);
      tails.set(key, tail);
      void tail.then(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
      try {
        await unlessAborted(before, signal);
        return await task();
      } finally {
        release();
      }
    },
  };
}

/** Waits for `turn`, at most until `signal` is aborted, and forgets the signal afterwards. */
async function unlessAborted(turn: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    await Promise.race([turn, aborted]);
  } finally {
    if (stop !== undefined) signal.removeEventListener('abort', stop);
  }
}
