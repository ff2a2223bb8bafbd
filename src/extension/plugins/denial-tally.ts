import type { HostEvent } from '../../protocol/editor/index.ts';

/** An access that the manifest does not grant, as the host's audit tells it. */
export type Denial = Pick<Extract<HostEvent, { type: 'audit' }>, 'scope' | 'action' | 'resource' | 'grant'>;

/** Counts denials, so that a plugin that keeps trying does not fill its log. */
export interface DenialTally {
  total(): number;
  /** Counts one; what to log about it: the first of its kind, then each tenfold of it, else `undefined`. */
  count(denial: Denial): string | undefined;
}

/** A plugin chooses the resources it asks for: beyond this many different ones only the total is counted. */
const maxKinds = 500;

export function createDenialTally(): DenialTally {
  const counts = new Map<string, number>();
  let total = 0;
  return {
    total: () => total,
    count: ({ scope, action, resource, grant }) => {
      total++;
      const key = JSON.stringify([scope, action, resource]);
      const before = counts.get(key);
      if (before === undefined && counts.size >= maxKinds) return undefined;
      const times = (before ?? 0) + 1;
      counts.set(key, times);
      const what = `Denied: ${scope} ${action} ${resource}`;
      if (times === 1)
        return grant === undefined ? what : `${what}. To allow it, add to the manifest: ${grant}`;
      return times >= 10 && Number.isInteger(Math.log10(times))
        ? `${what} (${times} times so far)`
        : undefined;
    },
  };
}
