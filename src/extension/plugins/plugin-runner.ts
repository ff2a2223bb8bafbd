import { WorkbenchError } from '../../base/index.ts';
import type {
  ApprovalRequest,
  PluginStatus,
  StartPluginParams,
  TestReport,
} from '../../protocol/editor/index.ts';
import type { HostSupervisor } from '../host/host-supervisor.ts';
import { isWorkbenchError } from '../workbench-error.ts';
import { isAlive, type PluginBoard, type PluginEntry } from './plugin-board.ts';

/** What decides whether a plugin may run, handed in by the editor. */
export interface RunnerPorts {
  readonly board: PluginBoard;
  readonly supervisor: HostSupervisor;
  isTrusted(): boolean;
  reloadOnSave(): boolean;
  /** True when the user lets the plugin with that id run without a sandbox. */
  isUnconfined(pluginId: string): boolean;
  /** Asks the user whether a plugin may have what it asks for. */
  askPermission(request: ApprovalRequest): Promise<'always' | 'once' | undefined>;
  /** Asks the user whether the plugins that need one are to be stopped with it. */
  confirmStop(name: string, dependants: readonly string[]): Promise<boolean>;
  /** Asks the user once more before a plugin runs without a sandbox. */
  confirmUnconfined(entry: PluginEntry): Promise<boolean>;
}

/** Starts, stops and calls plugins. Everything here refuses in an untrusted workspace, except stopping. */
export interface PluginRunner {
  /**
   * Starts the plugin in that folder; when it runs already, its status is the answer.
   *
   * @throws WorkbenchError `PW-WORKSPACE-UNTRUSTED`, `PW-PLUGIN-UNKNOWN` (no plugin of this workspace),
   * `PW-MANIFEST-INVALID`, `PW-START-DECLINED` (the user did not want it after all), or what the host says.
   */
  start(dir: string, options?: RunOptions, signal?: AbortSignal): Promise<PluginStatus>;
  /** Runs the plugin's own tests in a sandbox like its own. @throws as a start does */
  test(dir: string, signal?: AbortSignal): Promise<TestReport>;
  /** Asks first when others need it; then those are stopped, too. A start that is under way has ended then. */
  stop(pluginId: string): Promise<void>;
  /** Ends its process and keeps its state, until it is started again. */
  disable(pluginId: string): Promise<PluginStatus>;
  stopAll(): Promise<void>;
  reload(pluginId: string): Promise<PluginStatus>;
  invoke(pluginId: string, method: string, args: unknown, signal?: AbortSignal): Promise<unknown>;
  /** True while a start of that folder waits for the host: the start itself will tell of a failure. */
  isStarting(dir: string): boolean;
}

/** How a plugin is started. */
export interface RunOptions {
  /** Gives it, for this run, what it asks for, without asking the user: for callers who have asked. */
  readonly approve?: boolean | undefined;
  /** For a debugger, which it waits for. One that runs without is started anew. */
  readonly debug?: boolean | undefined;
}

export function createPluginRunner(ports: RunnerPorts): PluginRunner {
  const { board, supervisor } = ports;
  const starting = new Map<string, Promise<PluginStatus>>();
  const confirmed = new Set<string>();
  /** Folders whose start the user ended before it was over. */
  const givenUp = new Set<string>();

  function requireTrust(): void {
    if (ports.isTrusted()) return;
    throw new WorkbenchError('PW-WORKSPACE-UNTRUSTED', 'Plugins don’t run in an untrusted workspace.', {
      nextStep: 'Trust the workspace first (“Workspaces: Manage Workspace Trust”).',
    });
  }

  const declined = (name: string): WorkbenchError =>
    new WorkbenchError('PW-START-DECLINED', `${name} was not started: you did not allow what it asks for.`, {
      nextStep: 'Run it again to be asked again.',
    });

  /** Starts it, and asks the user about whatever has to be approved on the way, dependencies included. */
  async function startAsking(
    entry: PluginEntry,
    { approve, debug }: RunOptions,
    signal: AbortSignal | undefined,
  ): Promise<PluginStatus> {
    const others = board.entries().filter(({ folder }) => folder.loaded && folder.dir !== entry.folder.dir);
    const knownDirs = others.map(({ folder }) => folder.dir);
    const watch = ports.reloadOnSave();
    const common = { watch, ...(knownDirs.length > 0 ? { knownDirs } : {}) };
    let own: StartPluginParams = { dir: entry.folder.dir, ...common, ...(debug ? { debug } : {}) };
    const asked = new Set<string>();
    for (;;) {
      try {
        return await supervisor.start(own, signal);
      } catch (error) {
        const request = approvalRequestOf(error);
        if (request === undefined || asked.has(request.dir)) throw error;
        asked.add(request.dir);
        const answer = approve ? 'once' : await ports.askPermission(request);
        if (answer === undefined) throw declined(request.name);
        const keys = request.capabilities.map(({ key }) => key);
        if (answer === 'always') await supervisor.call('grantsApprove', { ...request, capabilities: keys });
        else if (request.dir === entry.folder.realDir) own = { ...own, approve: keys };
        // What it needs is started first, with what the user allows that.
        else board.setStatus(await supervisor.start({ dir: request.dir, ...common, approve: keys }, signal));
      }
    }
  }

  /** A plugin that was disabled goes on with the state it had; `undefined` when the host knows none. */
  async function enabled(status: PluginStatus | undefined): Promise<PluginStatus | undefined> {
    if (status?.state !== 'disabled') return undefined;
    try {
      return await supervisor.call('enable', { pluginId: status.pluginId });
    } catch (error) {
      if (isWorkbenchError(error, 'PW-PLUGIN-UNKNOWN')) return undefined;
      throw error;
    }
  }

  /** The plugin of the workspace in that folder, in a workspace that is trusted. */
  function findTrusted(dir: string): PluginEntry {
    requireTrust();
    const entry = board.byDir(dir);
    if (entry !== undefined) return entry;
    throw new WorkbenchError('PW-PLUGIN-UNKNOWN', `There is no plugin of this workspace in ${dir}.`, {
      nextStep: 'Open its folder as a workspace folder.',
    });
  }

  /** Code of the plugin is about to run. @throws WorkbenchError when its manifest or the user says no */
  async function allow(entry: PluginEntry): Promise<void> {
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
  }

  async function startNow(
    entry: PluginEntry,
    options: RunOptions,
    signal?: AbortSignal,
  ): Promise<PluginStatus> {
    await allow(entry);
    if (options.debug && entry.status && (isAlive(entry.status.state) || entry.status.state === 'disabled')) {
      await stopAsking(entry.status.pluginId);
    }
    const going = options.debug ? undefined : await enabled(entry.status);
    const started = going ?? (await startAsking(entry, options, signal));
    // One that was disabled before this window was opened is listed by a start, and no more.
    const status = (await enabled(started)) ?? started;
    board.setStatus(status);
    return status;
  }

  async function stopAsking(pluginId: string): Promise<void> {
    try {
      await supervisor.stop(pluginId);
    } catch (error) {
      if (!isWorkbenchError(error, 'PW-PLUGIN-NEEDED')) throw error;
      const dependants = stringsOf(error.details?.['dependants']);
      const name = board.byId(pluginId)?.folder.name ?? pluginId;
      if (!(await ports.confirmStop(name, dependants))) throw error;
      for (const dependant of dependants) await stopAsking(dependant);
      await supervisor.stop(pluginId, true);
    }
  }

  return {
    start: (dir, options = {}, signal) => {
      let entry: PluginEntry;
      try {
        entry = findTrusted(dir);
      } catch (error) {
        return Promise.reject(error);
      }
      const { status } = entry;
      const asWanted = !options.debug || status?.debug !== undefined;
      if (status !== undefined && isAlive(status.state) && status.pid !== undefined && asWanted) {
        return Promise.resolve(status);
      }
      const pending = starting.get(dir);
      if (pending !== undefined) return pending;
      const started = startNow(entry, options, signal)
        .catch(error => {
          if (!givenUp.has(dir)) throw error;
          const message = `${entry.folder.name} was stopped before it ran.`;
          throw new WorkbenchError('PW-START-DECLINED', message, { cause: error });
        })
        .finally(() => starting.delete(dir));
      starting.set(dir, started);
      return started;
    },
    test: async (dir, signal) => {
      await allow(findTrusted(dir));
      return supervisor.call('test', { dir }, signal);
    },
    stop: async pluginId => {
      const entry = board.byId(pluginId);
      const dir = entry?.folder.dir ?? '';
      const start = isAlive(entry?.status?.state) ? starting.get(dir) : undefined;
      if (start) givenUp.add(dir);
      try {
        await stopAsking(pluginId);
        // A start that this ends has to be over, or the next one would be taken for it.
        await start?.catch(() => undefined);
      } finally {
        givenUp.delete(dir);
      }
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
      const results = await Promise.allSettled(alive.map(({ pluginId }) => supervisor.stop(pluginId, true)));
      const failed = results.find(result => result.status === 'rejected');
      if (failed) throw failed.reason;
    },
    disable: async pluginId => {
      const status = await supervisor.call('disable', { pluginId });
      board.setStatus(status);
      return status;
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

/** The host decoded nothing of what it sent in details; it is the host's own word. */
function approvalRequestOf(error: unknown): ApprovalRequest | undefined {
  if (!isWorkbenchError(error, 'PW-APPROVAL-NEEDED')) return undefined;
  return error.details?.['request'] as ApprovalRequest | undefined;
}

function stringsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
}
