/** Decides whether and when a host that ended is started again. Times in milliseconds. */
export interface RestartPolicy {
  /** Counts an end; the pause before the next start, or `undefined` when it has ended too often. */
  next(now: number): number | undefined;
  /** Forgets the past: the user asked for a new start. */
  reset(): void;
}

/** At most this many restarts in one minute; one more means that something is wrong for good. */
const maxRestarts = 3;
const windowMs = 60_000;
const pausesMs = [200, 1_000, 3_000] as const;

/** Waits longer each time, and gives up at the fourth end within a minute. */
export function createRestartPolicy(): RestartPolicy {
  let restarts: number[] = [];
  return {
    next: now => {
      restarts = restarts.filter(at => now - at < windowMs);
      if (restarts.length >= maxRestarts) return undefined;
      const pause = pausesMs[restarts.length] ?? pausesMs[0];
      restarts.push(now);
      return pause;
    },
    reset: () => {
      restarts = [];
    },
  };
}
