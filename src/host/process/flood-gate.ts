/** Lets a bounded number of things pass per window, and counts what it holds back. */
export interface FloodGate {
  /** True when one more may pass now. The first refusal of a window calls `onFlood`. */
  pass(): boolean;
}

/** What a {@link FloodGate} is made of. */
export interface FloodGateOptions {
  /** How many may pass in one window. */
  readonly limit: number;
  readonly windowMs: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** Called once when a flood begins. */
  readonly onFlood: () => void;
  /** Called when something passes again after a flood, with the number held back meanwhile. */
  readonly onEnd: (dropped: number) => void;
}

/** Makes a gate with fixed windows: cheap enough to stand before every line of a plugin's output. */
export function createFloodGate(options: FloodGateOptions): FloodGate {
  let windowStart = options.now();
  let passed = 0;
  let dropped = 0;
  return {
    pass: () => {
      const now = options.now();
      if (now - windowStart >= options.windowMs) {
        windowStart = now;
        passed = 0;
        if (dropped > 0) {
          const held = dropped;
          dropped = 0;
          options.onEnd(held);
        }
      }
      if (passed < options.limit) {
        passed++;
        return true;
      }
      if (dropped++ === 0) options.onFlood();
      return false;
    },
  };
}
