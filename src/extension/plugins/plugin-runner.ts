import { WorkbenchError } from '../../base/index.ts';
import type { PluginStatus } from '../../protocol/editor/index.ts';
import type { HostSupervisor } from '../host/host-supervisor.ts';
import { isAlive, type PluginBoard, type PluginEntry } from './plugin-board.ts';

/** What decides whether a plugin may run, handed in by the editor. */
export interface RunnerPorts {
  readonly board: PluginBoard;
  readonly supervisor: HostSupervisor;
  isTrusted(): boolean;
  reloadOnSave(): boolean;
  /** True when the user lets the plugin with that id run without a sandbox. */
  isUnconfined(pluginId: string): boolean;
  /** Asks the user once more before a plugin runs without a sandbox. */
  confirmUnconfined(entry: PluginEntry): Promise<boolean>;
}

/** Starts, stops and calls plugins. Everything here refuses in an untrusted workspace, except stopping. */
export interface PluginRunner {
  /**
   * Starts the plugin in that folder; when it runs already, its status is the answer.
   *
   * @throws WorkbenchError `PW-WORKSPACE-UNTRUSTED`, `PW-PLUGIN-UNKNOWN` (no plugin of this workspace),
   * `PW-MANIFEST-INVALID`, `PW-START-DECLINED` (the user did not want it without a sandbox), or what the host says.
   */
  start(dir: string, signal?: AbortSignal): Promise<PluginStatus>;
  stop(pluginId: string): Promise<void>;
  stopAll(): Promise<void>;
  reload(pluginId: string): Promise<PluginStatus>;
  invoke(pluginId: string, method: string, args: unknown, signal?: AbortSignal): Promise<unknown>;
  /** True while a start of that folder waits for the host: the start itself will tell of a failure. */
  isStarting(dir: string): boolean;
}

export function createPluginRunner(ports: RunnerPorts): PluginRunner {
  const { board, supervisor } = ports;
  const starting = new Map<string, Promise<PluginStatus>>();
  const confirmed = new Set<string>();

  function requireTrust(): void {
    if (ports.isTrusted()) return;
    throw new WorkbenchError('PW-WORKSPACE-UNTRUSTED', 'Plugins don’t run in an untrusted workspace.', {
      nextStep: 'Trust the workspace first (“Workspaces: Manage Workspace Trust”).',
    });
  }

  async function startNow(entry: PluginEntry, signal?: AbortSignal): Promise<PluginStatus> {
    const { folder } = entry;
    if (folder.loaded === undefined) {
      throw new WorkbenchError('PW-MANIFEST-INVALID', `${folder.name} can’t be started: ${folder.reason}`, {
        nextStep: 'Open the manifest and mend what is marked there.',
      });
    }
    const { id } = folder.loaded;
    if (ports.isUnconfined(id) && !confirmed.has(id)) {
      if (!(await ports.confirmUnconfined(entry))) {
        throw new WorkbenchError('PW-START-DECLINED', `${folder.name} was not started.`, {
          nextStep:
            'Remove it from the setting “pluginWorkbench.unconfinedPlugins” to run it in its sandbox.',
        });
      }
      confirmed.add(id);
    }
    const status = await supervisor.start({ dir: folder.dir, watch: ports.reloadOnSave() }, signal);
    board.setStatus(status);
    return status;
  }

  return {
    start: (dir, signal) => {
      const entry = board.byDir(dir);
      try {
        requireTrust();
        if (entry === undefined) {
          throw new WorkbenchError('PW-PLUGIN-UNKNOWN', `There is no plugin of this workspace in ${dir}.`, {
            nextStep: 'Open its folder as a workspace folder.',
          });
        }
      } catch (error) {
        return Promise.reject(error);
      }
      if (entry.status !== undefined && isAlive(entry.status.state) && entry.status.pid !== undefined) {
        return Promise.resolve(entry.status);
      }
      const pending = starting.get(dir);
      if (pending !== undefined) return pending;
      const started = startNow(entry, signal).finally(() => starting.delete(dir));
      starting.set(dir, started);
      return started;
    },
    stop: async pluginId => {
      await supervisor.stop(pluginId);
      const status = board.byId(pluginId)?.status;
      // Without a host there is no event that would tell.
      if (status && isAlive(status.state) && supervisor.pid() === undefined) {
        const { pid: _, ...rest } = status;
        board.setStatus({ ...rest, state: 'stopped' });
      }
    },
    stopAll: async function stopAll() {
      const alive = board
        .entries()
        .flatMap(({ status }) => (status && isAlive(status.state) ? [status] : []));
      const results = await Promise.allSettled(alive.map(({ pluginId }) => this.stop(pluginId)));
      const failed = results.find(result => result.status === 'rejected');
      if (failed) throw failed.reason;
    },
    reload: async pluginId => {
      requireTrust();
      const status = await supervisor.reload(pluginId);
      board.setStatus(status);
      return status;
    },
    invoke: async (pluginId, method, args, signal) => {
      requireTrust();
      return supervisor.invoke({ pluginId, method, args }, signal);
    },
    isStarting: dir => starting.has(dir),
  };
}
