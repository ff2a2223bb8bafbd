export { buildFilter, buildReducedFilter, filterArchitecture, reducedCalls } from './filter.ts';
export type { Architecture } from './syscalls.ts';
