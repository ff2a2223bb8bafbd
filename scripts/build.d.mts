export { type BuildAllOptions, buildAll, ensureBuilt } from './build/index.ts';
