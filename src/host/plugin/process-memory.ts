import type { Capability } from '../../manifest/index.ts';
import { formats } from '../../protocol/codec/index.ts';
import type { Sandbox } from '../../sandbox/index.ts';
import { findGrant } from '../broker/capabilities.ts';
import type { LogSink } from '../process/output.ts';
import type { Instance } from '../process/port.ts';
import { noMemory, type ProcessMemory, type ProcessPorts } from '../services/memory/index.ts';

/** What a process needs for its shared memory. */
export interface ProcessMemoryPorts {
  /** What the plugin may do now. */
  capabilities(): readonly Capability[];
  attachMemory(pluginId: string, ports: ProcessPorts): Promise<ProcessMemory>;
  readonly onLog: LogSink;
}

/** The shared memory of one process, and the process as soon as there is one. */
export interface AttachedMemory {
  readonly memory: ProcessMemory;
  /** Folders for the sandbox to show elsewhere. */
  readonly mounts: ProcessMemory['folders'];
  /** Folders for the sandbox to open where they are. */
  readonly readOnly: readonly string[];
  readonly readWrite: readonly string[];
  /** The process is up: it hears of changes from now on, and takes its folders with it when it ends. */
  serve(instance: Instance): void;
}

/** True when a plugin may use shared memory at all. */
export function usesMemory(capabilities: readonly Capability[]): boolean {
  return capabilities.some(({ scope }) => scope === 'memory');
}

/** Prepares shared memory for a process that is about to start; one whose manifest doesn't ask for it gets none. */
export async function prepareMemory(
  pluginId: string,
  sandbox: Sandbox,
  ports: ProcessMemoryPorts,
): Promise<AttachedMemory> {
  let instance: Instance | undefined;
  const memory = usesMemory(ports.capabilities())
    ? await ports.attachMemory(pluginId, {
        mounted: sandbox.mounts,
        may: (action, resource) =>
          findGrant(ports.capabilities(), { scope: 'memory', action, resource }, Date.now()) !== undefined,
        formats: () => (instance ? instance.formats : formats),
        notify: (method, params) => instance?.tellMemory(method, params),
        onMisuse: ({ message, used, limit, fatal }) => {
          ports.onLog('host', 'warn', message);
          if (fatal) instance?.kill({ resource: 'disk', used, limit, action: 'killed' });
        },
      })
    : noMemory('The plugin was started without shared memory.');
  const pathsOf = (writable: boolean): string[] =>
    sandbox.mounts || sandbox.level === 'unconfined'
      ? []
      : memory.folders.filter(folder => folder.writable === writable).map(({ from }) => from);
  return {
    memory,
    mounts: sandbox.mounts ? memory.folders : [],
    readOnly: pathsOf(false),
    readWrite: pathsOf(true),
    serve: served => {
      instance = served;
      void served.ended.then(memory.end);
    },
  };
}
