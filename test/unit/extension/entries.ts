import type { PluginEntry } from '../../../src/extension/plugins/plugin-board.ts';
import type { PluginFolder } from '../../../src/extension/plugins/plugin-folder.ts';
import type { PluginStatus, ResourceUsage } from '../../../src/protocol/editor/index.ts';

/** A plugin folder as the finder would describe it. */
export function folder(changes: Partial<PluginFolder> = {}): PluginFolder {
  return {
    dir: '/w/hello',
    realDir: '/w/hello',
    manifestFile: '/w/hello/plugin.json',
    name: 'Hello',
    errors: 0,
    reason: undefined,
    loaded: {
      id: 'hello',
      version: '1.2.0',
      description: 'Says hello.',
      profile: 'aihub',
      profileTitle: 'AI Hub',
      runtime: 'node',
      methods: [{ id: 'hello.greet', title: 'Greet' }],
    },
    ...changes,
  };
}

/** What the host says of that plugin while it runs. */
export function status(changes: Partial<PluginStatus> = {}): PluginStatus {
  return {
    pluginId: 'hello',
    name: 'Hello',
    version: '1.2.0',
    dir: '/w/hello',
    state: 'running',
    generation: 1,
    pid: 4711,
    confinement: { level: 'sandboxed', description: 'Own namespaces and a system call filter.' },
    runtime: 'node 24.1.0 (PATH: /usr/bin/node)',
    commands: [{ id: 'hello.greet', title: 'Greet' }],
    ...changes,
  };
}

/** One readout: 48.2 MB of 100 MB, 3 % of a core, 2 calls a second. */
export function usage(changes: Partial<ResourceUsage> = {}): ResourceUsage {
  const mb = 1024 * 1024;
  return {
    pluginId: 'hello',
    timestamp: 0,
    memory: { used: 48.2 * mb, resident: 70 * mb, peak: 50 * mb, limit: 100 * mb },
    cpu: { percent: 3, limit: 50 },
    io: { fileHandles: 21, networkConnections: 0, processes: 1, diskReadBytes: 4096, diskWriteBytes: 0 },
    calls: { perSecond: 2, total: 17, medianMs: 0.4 },
    violations: [],
    ...changes,
  };
}

/** A running plugin, with its readout. */
export function entry(changes: Partial<PluginEntry> = {}): PluginEntry {
  return { folder: folder(), status: status(), usage: usage(), denials: 0, ...changes };
}
