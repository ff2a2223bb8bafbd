import type { Instance } from '../process/port.ts';
import type { Routes } from './routes.ts';

/** How long an instance may go on with the calls it has begun, in milliseconds. */
export const graceMs = {
  /** Its successor serves already. */
  reload: 30_000,
  /** It has to go before its successor comes, because the manifest has changed. */
  restart: 5_000,
  stop: 200,
} as const;

/** The instances that were replaced and still finish the calls they had begun. */
export interface Retirement<T> {
  /** Lets it finish for at most `graceMs`, then deactivates it and waits until it is gone. */
  retire(target: T, graceMs: number): Promise<void>;
  /** Ends all of them now. */
  endAll(): Promise<void>;
}

/** Makes an empty retirement. */
export function createRetirement<T extends { readonly instance: Instance }>(
  routes: Routes<T>,
): Retirement<T> {
  const leaving = new Map<T, Promise<void>>();
  return {
    retire: (target, graceMs) => {
      const gone = (async () => {
        await routes.idle(target, graceMs);
        await target.instance.stop();
        leaving.delete(target);
      })();
      leaving.set(target, gone);
      return gone;
    },
    endAll: async () => {
      for (const target of leaving.keys()) target.instance.dispose();
      await Promise.all(leaving.values());
    },
  };
}
