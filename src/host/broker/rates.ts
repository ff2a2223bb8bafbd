import type { Capability } from '../../manifest/index.ts';
import { ErrorCode } from '../../protocol/plugin/index.ts';
import { WireError } from '../../protocol/wire/index.ts';

const MINUTE_MS = 60_000;
/** A manifest that allows more a minute is counted as if it allowed this many: the list of uses stays small. */
const MOST_COUNTED = 60_000;

/** Counts how often a capability is used, where the manifest bounds that. */
export interface Rates {
  /** @throws WireError `LimitExceeded` when it was used as often as it may be within the last minute */
  use(capability: Capability | undefined): void;
}

/**
 * Makes the counters of one instance. What one entry of the manifest grants counts together.
 *
 * @param now milliseconds since the epoch
 */
export function createRates(now: () => number): Rates {
  const uses = new Map<string, number[]>();
  return {
    use: capability => {
      const rate = capability?.restrictions.ratePerMinute;
      if (capability === undefined || rate === undefined || rate >= MOST_COUNTED) return;
      const key = JSON.stringify(capability.at);
      const since = now() - MINUTE_MS;
      const recent = (uses.get(key) ?? []).filter(at => at > since);
      uses.set(key, recent);
      if (recent.length >= rate) {
        const message = `The manifest allows this ${rate} times a minute, and it was done so often.`;
        throw new WireError(ErrorCode.LimitExceeded, message);
      }
      recent.push(now());
    },
  };
}
