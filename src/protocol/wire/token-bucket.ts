/** Counts events against a sustained rate, with room for a burst. */
export interface TokenBucket {
  /** Takes one token; false when there is none. */
  take(): boolean;
  /** Milliseconds until there is a token; 0 when there is one. */
  wait(): number;
  /** Tokens asked for a second, lately; for messages to people. */
  rate(): number;
}

/** Tokens taken between two looks at the clock, which costs more than the rest. */
const TAKES_PER_LOOK = 64;
const WINDOW_MS = 1000;

/**
 * Makes a full bucket that gains `perSecond` tokens a second and holds `burst` at most. `Infinity` never runs dry.
 *
 * @param now milliseconds that only go forward
 */
export function createTokenBucket(perSecond: number, burst: number, now: () => number): TokenBucket {
  let tokens = burst;
  let at = now();
  let untilLook = TAKES_PER_LOOK;
  let windowStart = at;
  let taken = 0;
  let lastRate = 0;

  function refill(): void {
    const time = now();
    tokens = Math.min(burst, tokens + ((time - at) * perSecond) / 1000);
    at = time;
    untilLook = TAKES_PER_LOOK;
    if (time - windowStart < WINDOW_MS) return;
    lastRate = (taken * 1000) / (time - windowStart);
    windowStart = time;
    taken = 0;
  }

  return {
    take: () => {
      taken++;
      if (tokens < 1 || --untilLook <= 0) refill();
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    wait: () => {
      refill();
      return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) * 1000) / perSecond);
    },
    rate: () => Math.round(Math.max(lastRate, taken)),
  };
}
