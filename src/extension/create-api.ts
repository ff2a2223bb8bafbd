import type { PluginWorkbenchApi } from './api.ts';
import type { HostSupervisor } from './host/host-supervisor.ts';
import type { PluginBoard } from './plugins/plugin-board.ts';
import type { PluginRunner } from './plugins/plugin-runner.ts';
import { pluginRow } from './presentation/plugin-row.ts';

/** The API as a view of the workbench's parts; nothing is done here that the commands don't do. */
export function createApi(parts: {
  readonly board: PluginBoard;
  readonly runner: PluginRunner;
  readonly supervisor: HostSupervisor;
  readonly ready: Promise<void>;
}): PluginWorkbenchApi {
  const { board, runner, supervisor, ready } = parts;
  return {
    version: 1,
    ready,
    plugins: {
      list: () =>
        board.entries().map(entry => ({
          dir: entry.folder.dir,
          manifestFile: entry.folder.manifestFile,
          name: entry.folder.name,
          id: entry.folder.loaded?.id,
          reason: entry.folder.reason,
          status: entry.status,
          usage: entry.usage,
          description: pluginRow(entry, false).description,
        })),
      start: (dir, options) => runner.start(dir, options),
      stop: pluginId => runner.stop(pluginId),
      reload: pluginId => runner.reload(pluginId),
      invoke: (pluginId, method, args) => runner.invoke(pluginId, method, args),
      onDidChange: board.onDidChange,
    },
    hostPid: () => supervisor.pid(),
  };
}
