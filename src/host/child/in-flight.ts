/** How many requests may be with the host at the same time; the others wait for their turn, first come, first served. */
export interface InFlight {
  /**
   * Sends a request when it is its turn.
   *
   * @param signal gives it up also while it waits; `send` is called then, too, and has to fail
   */
  run<T>(send: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** Makes the queue for requests of one kind. */
export function createInFlight(limit: number): InFlight {
  // A Set keeps its order, and lets one that gave up go at once.
  const waiting = new Set<() => void>();
  let busy = 0;

  function turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise(resolve => {
      const leave = (): void => {
        waiting.delete(enter);
        // The request that follows fails at once, and then frees the place it never used.
        busy++;
        resolve();
      };
      const enter = (): void => {
        signal?.removeEventListener('abort', leave);
        busy++;
        resolve();
      };
      waiting.add(enter);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  function free(): void {
    busy--;
    const [next] = waiting;
    if (!next || busy >= limit) return;
    waiting.delete(next);
    next();
  }

  async function send<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } finally {
      free();
    }
  }

  return {
    run: (request, signal) => {
      if (busy >= limit && !signal?.aborted) return turn(signal).then(() => send(request));
      busy++;
      return send(request);
    },
  };
}
