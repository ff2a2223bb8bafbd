/** Memory that plugins share, as `docs/shared-memory.md` tells. */
export type { MemoryQuotas } from './pool.ts';
export type { ProcessPorts } from './segment.ts';
export {
  createSharedMemory,
  defaultMemoryQuotas,
  noMemory,
  type ProcessMemory,
  type SharedMemory,
  type SharedMemoryOptions,
} from './shared-memory.ts';
