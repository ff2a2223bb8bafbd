export { newSince, writeBaseline } from './baseline.ts';
export { createScanCache } from './cache.ts';
export { scanCacheFolder, tidyCache } from './cache-folder.ts';
export { findPlaces } from './find-places.ts';
export { allLanguages, parseLanguages } from './languages-option.ts';
export type { Places } from './place.ts';
export { scanPlaces } from './scan-places.ts';
export { atLeast, findingsOf, type LeastSeverity, leastSeverities } from './shown.ts';
export { isWorkerTask, runWorker } from './worker.ts';
