export { buildFilter, buildReducedFilter, filterArchitecture, reducedCalls } from './filter.ts';
export { syscallNames } from './numbers.ts';
export { buildOciProfile } from './oci.ts';
export type { Architecture } from './syscalls.ts';
