import { Emitter, type Event, messageOf, WorkbenchError } from '../base/index.ts';
import type {
  HostEvent,
  InvokePluginParams,
  PluginStatus,
  RuntimePaths,
  StartPluginParams,
} from '../protocol/editor/index.ts';
import type { Json } from '../protocol/plugin/index.ts';
import { createSandbox, createUnconfined, type Sandbox } from '../sandbox/index.ts';
import { PluginFailure } from './plugin/bring-up.ts';
import { Plugin } from './plugin/plugin.ts';
import { readPluginSource } from './plugin/plugin-source.ts';
import type { PluginPorts } from './plugin/plugin-wiring.ts';
import { callError } from './plugin/problems.ts';
import { openPluginData } from './plugin-data.ts';
import { createRuntimes, type ShippedPaths, userCacheDir } from './runtimes/index.ts';
import { createExchange } from './services/exchange.ts';

/** How long a call may take that states no deadline of its own, in milliseconds. */
const DEFAULT_DEADLINE_MS = 30_000;

const USAGE_INTERVAL_MS = 1000;

/** What a debug host is made from. */
export interface DebugHostOptions extends ShippedPaths {
  /** `<dataDir>/<plugin id>` holds `storage.json`, `state.json`, `config.json` and `audit.jsonl`. */
  readonly dataDir: string;
  /** The user's choice of Node.js; `undefined` for PATH and then the runtime of this process. */
  readonly nodePath?: string | undefined;
  /** The user's choice of the programs of other languages. */
  readonly runtimePaths?: RuntimePaths | undefined;
  /** Absolute folder for what is built for plugins; the user's own cache folder when absent. */
  readonly cacheDir?: string | undefined;
  /** Ids of plugins that the user lets run without a sandbox. */
  readonly unconfined: readonly string[];
}

/** Runs plugins. Every failure that a user can cause is a `WorkbenchError`. */
export interface DebugHost {
  readonly onEvent: Event<HostEvent>;
  /** Resolves when the plugin is active. A plugin that fails to start stays in the list as `failed`. */
  start(params: StartPluginParams, signal?: AbortSignal): Promise<PluginStatus>;
  stop(pluginId: string): Promise<void>;
  /** When the new code can't be used the old serves on, and the status tells the `problem`. */
  reload(pluginId: string): Promise<PluginStatus>;
  list(): readonly PluginStatus[];
  invoke(params: InvokePluginParams, signal?: AbortSignal): Promise<Json>;
  /** Runs a chain of the plugins' middleware over a value, for a front-end; resolves to the value after it. */
  runMiddleware(chain: string, value: Json, deadlineMs?: number, signal?: AbortSignal): Promise<Json>;
  /** Stops all; afterwards no process and no temporary folder is left. */
  shutdown(): Promise<void>;
}

/** Makes a debug host that runs no plugin yet. */
export function createDebugHost(options: DebugHostOptions): DebugHost {
  const events = new Emitter<HostEvent>();
  const plugins = new Map<string, Plugin>();
  const runtimes = createRuntimes({
    nodePath: options.nodePath,
    runtimePaths: options.runtimePaths,
    env: process.env,
    execPath: process.execPath,
    shipped: { childScript: options.childScript, sdkRoot: options.sdkRoot },
    cacheDir: options.cacheDir ?? userCacheDir(process.env),
  });
  const exchange = createExchange(() =>
    [...plugins.values()].filter(plugin => plugin.serving).map(plugin => plugin.neighbour),
  );
  let confined: Promise<Sandbox> | undefined;
  let closed = false;
  let ticker: NodeJS.Timeout | undefined;

  async function findSandbox(pluginId: string): Promise<Sandbox> {
    if (options.unconfined.includes(pluginId)) return createUnconfined();
    confined ??= createSandbox({ confined: true });
    // What was missing may have been installed by the next try.
    confined.catch(() => {
      confined = undefined;
    });
    return confined;
  }

  function tick(): void {
    for (const plugin of plugins.values()) {
      const usage = plugin.serving ? plugin.readUsage() : undefined;
      if (usage) events.fire({ type: 'usage', usage });
    }
  }

  function fire(event: HostEvent): void {
    if (event.type === 'state') {
      const running = [...plugins.values()].some(plugin => plugin.serving);
      if (running) ticker ??= setInterval(tick, USAGE_INTERVAL_MS).unref();
      else {
        clearInterval(ticker);
        ticker = undefined;
      }
    }
    events.fire(event);
  }

  async function start(params: StartPluginParams, signal?: AbortSignal): Promise<PluginStatus> {
    refuseWhenClosed();
    const source = await readPluginSource(params.dir);
    const pluginId = source.manifest.id;
    await makeRoom(pluginId, source.dir);
    const defaults = (params.config ?? {}) as Readonly<Record<string, Json>>;
    const warn = (message: string): void =>
      fire({ type: 'log', pluginId, timestamp: Date.now(), source: 'host', level: 'warn', message });
    const data = await openPluginData(options.dataDir, pluginId, defaults, warn);
    await makeRoom(pluginId, source.dir);
    refuseWhenClosed();
    const ports: PluginPorts = {
      data,
      runtimes,
      findSandbox,
      fire,
      exchange,
      onRenamed: () => void replace(plugin, params),
    };
    const plugin = new Plugin(source, ports);
    plugins.set(pluginId, plugin);
    try {
      await plugin.start({ recover: params.recover ?? false, watch: params.watch }, signal);
    } catch (error) {
      if (signal?.aborted) await remove(plugin);
      throw error instanceof PluginFailure ? error.toWorkbenchError() : error;
    }
    return plugin.status();
  }

  /** Takes away a plugin of that id which has failed; one that runs stays, and the newcomer is refused. */
  async function makeRoom(pluginId: string, dir: string): Promise<void> {
    const present = plugins.get(pluginId);
    if (!present) return;
    if (present.state === 'failed' || present.state === 'stopping') return remove(present);
    if (present.dir === dir) {
      throw new WorkbenchError('PW-PLUGIN-RUNNING', `The plugin ${pluginId} runs already.`, {
        nextStep: 'Reload it, or stop it first.',
      });
    }
    throw new WorkbenchError(
      'PW-PLUGIN-ID-TAKEN',
      `A plugin of the id ${pluginId} runs already, from ${present.dir}.`,
      {
        nextStep: 'Stop that one first, or give this one another id.',
        details: { dir: present.dir },
      },
    );
  }

  async function remove(plugin: Plugin): Promise<void> {
    await plugin.stop();
    if (plugins.get(plugin.pluginId) === plugin) plugins.delete(plugin.pluginId);
  }

  /** A manifest with a new id makes another plugin of the same folder. */
  async function replace(plugin: Plugin, params: StartPluginParams): Promise<void> {
    await remove(plugin);
    try {
      if (!closed) await start(params);
    } catch (error) {
      const problem = { code: codeOf(error), message: messageOf(error) };
      fire({ type: 'problem', pluginId: plugin.pluginId, dir: plugin.dir, problem });
    }
  }

  function find(pluginId: string): Plugin {
    const plugin = plugins.get(pluginId);
    if (plugin) return plugin;
    throw new WorkbenchError('PW-PLUGIN-UNKNOWN', `No plugin ${pluginId} was started.`, {
      nextStep: 'Start it first.',
    });
  }

  function refuseWhenClosed(): void {
    if (closed) throw new WorkbenchError('PW-HOST-CLOSED', 'The debug host is shutting down.');
  }

  return {
    onEvent: events.event,
    start,
    stop: pluginId => remove(find(pluginId)),
    reload: async pluginId => find(pluginId).reload(),
    list: () => [...plugins.values()].map(plugin => plugin.status()),
    invoke: async (params, signal) => {
      const plugin = find(params.pluginId);
      if (!plugin.serving) {
        const message = `The plugin ${plugin.pluginId} can't be called: it is ${plugin.state}.`;
        throw new WorkbenchError('PW-PLUGIN-NOT-RUNNING', message, {
          nextStep: 'Start it, or wait until it has.',
        });
      }
      try {
        const args = (params.args ?? null) as Json;
        return await plugin.run(params.method, args, params.deadline ?? DEFAULT_DEADLINE_MS, signal);
      } catch (error) {
        throw callError(error, plugin.pluginId, params.method);
      }
    },
    runMiddleware: async (chain, value, deadlineMs, signal) => {
      try {
        return await exchange.runMiddlewareFor(chain, value, deadlineMs, signal);
      } catch (error) {
        throw callError(error, 'the plugin', chain);
      }
    },
    shutdown: async () => {
      closed = true;
      await Promise.all([...plugins.values()].map(remove));
      clearInterval(ticker);
    },
  };
}

function codeOf(error: unknown): string {
  return error instanceof WorkbenchError ? error.code : 'PW-INTERNAL';
}
