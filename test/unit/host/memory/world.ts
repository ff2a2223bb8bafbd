import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  createSharedMemory,
  type ProcessMemory,
  type ProcessPorts,
  type SharedMemory,
  type SharedMemoryOptions,
} from '../../../../src/host/services/memory/index.ts';

export const KIB = 1024;

/** A process that is only its ports, and what it was told. */
export interface Process {
  readonly memory: ProcessMemory;
  readonly news: (readonly [string, unknown])[];
  readonly misuses: Parameters<ProcessPorts['onMisuse']>[0][];
  /** What the manifest grants; can be changed. */
  readonly may: { read: boolean; write: boolean };
  /** Path of its folder on the host. */
  readonly folder: (side: 'ro' | 'rw') => string;
}

export interface MemoryWorld {
  readonly base: string;
  readonly shared: SharedMemory;
  /** @param formats those its SDK knows; all when absent */
  start(pluginId: string, may?: Partial<Process['may']>, formats?: readonly string[]): Promise<Process>;
  dispose(): Promise<void>;
}

/** Shared memory in an ordinary temporary folder, where sandboxes see paths of the host. */
export function createMemoryWorld(options: Partial<SharedMemoryOptions> = {}): MemoryWorld {
  const base = mkdtempSync(path.join(tmpdir(), 'memory-test-'));
  const shared = createSharedMemory({
    bases: [base],
    mount: false,
    quotas: { host: 256 * KIB, plugin: 64 * KIB },
    ...options,
  });
  return {
    base,
    shared,
    start: async (pluginId, granted = {}, formats = ['json', 'msgpack', 'protobuf']) => {
      const may = { read: true, write: true, ...granted };
      const news: Process['news'] = [];
      const misuses: Process['misuses'] = [];
      const memory = await shared.attach(pluginId, {
        mounted: false,
        may: action => may[action],
        formats: () => formats,
        notify: (...told) => news.push(told),
        onMisuse: misuse => misuses.push(misuse),
      });
      const folder = (side: 'ro' | 'rw'): string =>
        memory.folders.find(({ writable }) => writable === (side === 'rw'))?.from ?? '';
      return { memory, news, misuses, may, folder };
    },
    dispose: async () => {
      await shared.end();
      rmSync(base, { recursive: true, force: true });
    },
  };
}

export const textOf = (file: string): string => readFileSync(file, 'latin1').replace(/\0+$/, '');
