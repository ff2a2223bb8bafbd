import { setImmediate as letOthersRun } from 'node:timers/promises';

/** No request waits longer than this for work in the background, give or take one manifest. */
const SLICE_MS = 8;

/**
 * Cuts long work into slices: called between two steps, it waits for whatever else the process has to do once a slice
 * has been long enough.
 */
export function createSlices(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < SLICE_MS) return;
    await letOthersRun();
    began = performance.now();
  };
}
