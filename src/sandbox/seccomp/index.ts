export { buildFilter, filterArchitecture } from './filter.ts';
export type { Architecture } from './syscalls.ts';
