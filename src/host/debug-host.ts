import { Emitter, WorkbenchError } from '../base/index.ts';
import type { HostEvent } from '../protocol/editor/index.ts';
import { createCalling } from './calling.ts';
import { createDependencies } from './dependencies/dependencies.ts';
import { executorLanguages } from './executors.ts';
import { createGrantDesk } from './grants/desk.ts';
import { readCrashReports } from './health/crash-reports.ts';
import { createHealthWatch } from './health/health-watch.ts';
import type { DebugHost, DebugHostOptions } from './host-api.ts';
import { PluginFailure } from './plugin/bring-up.ts';
import { createPopulation } from './population.ts';
import { createRuntimes, userCacheDir } from './runtimes/index.ts';
import { createStarter } from './starter.ts';
import { findStoredPlugin } from './stored-plugin.ts';
import { createPluginTests } from './testing/index.ts';
import { createSandboxChoice, sandboxesOfMachine } from './trust/index.ts';
import { createUsageTicker } from './usage-ticker.ts';

/** How long after the begin of a host old builds are looked for, in milliseconds. */
const SWEEP_DELAY_MS = 60_000;

/** Makes a debug host that runs no plugin yet. */
export function createDebugHost(options: DebugHostOptions): DebugHost {
  const events = new Emitter<HostEvent>();
  const population = createPopulation();
  const runtimes = createRuntimes({
    nodePath: options.nodePath,
    runtimePaths: options.runtimePaths,
    env: process.env,
    execPath: process.execPath,
    shipped: { childScript: options.childScript, sdkRoot: options.sdkRoot },
    cacheDir: options.cacheDir ?? userCacheDir(process.env),
  });
  const { findSandbox, auditDetailOf } = createSandboxChoice({
    trust: options.trust ?? {},
    unconfined: options.unconfined,
    ...sandboxesOfMachine,
  });
  const usage = createUsageTicker(population, event => events.fire(event));
  const health = createHealthWatch(population, event => events.fire(event));
  let closed = false;
  const closing = new AbortController();
  let sweeping: Promise<void> | undefined;
  // Once the plugins of a session are up: it is nothing that anyone waits for.
  const sweepTimer = setTimeout(() => {
    // What could not be removed today may be tomorrow.
    sweeping = runtimes.sweep(closing.signal).catch(() => {});
  }, SWEEP_DELAY_MS).unref();

  function fire(event: HostEvent): void {
    if (event.type === 'state') {
      usage.update();
      health.update();
    }
    events.fire(event);
  }

  function refuseWhenClosed(): void {
    if (closed) throw new WorkbenchError('PW-HOST-CLOSED', 'The debug host is shutting down.');
  }

  const starter = createStarter({
    population,
    runtimes,
    trace: options.trace ?? false,
    findSandbox,
    auditDetailOf,
    askFrontEnd: options.askFrontEnd,
    fire,
    refuseWhenClosed,
    dataDir: options.dataDir,
    restart: options.restart ?? 'onCrash',
    restartRules: options.restartRules,
    approveAll: options.approveAll ?? false,
  });
  const dependencies = createDependencies(population, starter);
  const desk = createGrantDesk(population, starter, options.dataDir);
  const calling = createCalling(population);
  const tests = createPluginTests({ runtimes, starter, findSandbox, fire });

  return {
    onEvent: events.event,
    ...calling,
    ...desk,
    ...dependencies,
    test: async (params, signal) => {
      refuseWhenClosed();
      return tests.test(params, signal ? AbortSignal.any([signal, closing.signal]) : closing.signal);
    },
    start: async (params, signal) => {
      refuseWhenClosed();
      return dependencies.start(params, signal);
    },
    disable: async pluginId => {
      const plugin = population.find(pluginId);
      await plugin.disable();
      return plugin.status();
    },
    enable: async pluginId => {
      const plugin = population.find(pluginId);
      await plugin.enable().catch(error => {
        throw error instanceof PluginFailure ? error.toWorkbenchError() : error;
      });
      return plugin.status();
    },
    reload: async pluginId => population.find(pluginId).reload(),
    list: () => population.all().map(plugin => plugin.status()),
    status: pluginId => population.find(pluginId).status(),
    usage: pluginId => population.find(pluginId).readUsage(),
    health: (pluginId, signal) => population.find(pluginId).health(signal),
    restartUnhealthy: health.restartUnhealthy,
    crashReports: async ({ pluginId, limit }) =>
      population.get(pluginId)?.crashReports(limit) ??
      readCrashReports(await findStoredPlugin(options.dataDir, pluginId), limit),
    languages: () => executorLanguages(population.all()),
    shutdown: async () => {
      closed = true;
      closing.abort();
      clearTimeout(sweepTimer);
      await population.removeAll();
      await sweeping;
      usage.dispose();
      health.dispose();
    },
  };
}
