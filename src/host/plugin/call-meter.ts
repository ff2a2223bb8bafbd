/** Latencies kept for the median of one second; beyond that many calls it is the median of the first ones. */
const MAX_SAMPLES = 4096;

/** Counts the calls a plugin answers. */
export interface CallMeter {
  /** @param latencyMs from the call to its answer, waiting for a reload included */
  record(latencyMs: number): void;
  /** The figures since the last `take`. */
  take(): { readonly perSecond: number; readonly total: number; readonly medianMs: number };
}

/** Makes a meter. `now` gives the milliseconds of a clock that never goes back. */
export function createCallMeter(now: () => number): CallMeter {
  let since = now();
  let count = 0;
  let total = 0;
  let samples: number[] = [];
  return {
    record: latencyMs => {
      count++;
      total++;
      if (samples.length < MAX_SAMPLES) samples.push(latencyMs);
    },
    take: () => {
      const seconds = (now() - since) / 1000;
      const figures = { perSecond: seconds > 0 ? count / seconds : 0, total, medianMs: median(samples) };
      since = now();
      count = 0;
      samples = [];
      return figures;
    },
  };
}

function median(values: number[]): number {
  if (values.length === 0) return 0;
  const sorted = values.sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
