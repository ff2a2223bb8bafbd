import type { Disposable } from '../../base/index.ts';
import type { HealthReport, HostEvent } from '../../protocol/editor/index.ts';
import type { Population } from '../population.ts';

/** How often running plugins are looked at, in milliseconds. */
const INTERVAL_MS = 10_000;

/** Looks after the health of the plugins of a host; nothing ticks while none runs. */
export interface HealthWatch extends Disposable {
  /** A plugin has changed its state. */
  update(): void;
  /** Restarts those that are unhealthy; resolves to their ids. */
  restartUnhealthy(signal?: AbortSignal): Promise<string[]>;
}

/** Makes the watch of a host. It tells of a plugin's health when that has changed. */
export function createHealthWatch(population: Population, fire: (event: HostEvent) => void): HealthWatch {
  const last = new Map<string, HealthReport['health']>();
  let timer: NodeJS.Timeout | undefined;
  let looking = false;

  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };

  async function look(): Promise<void> {
    // One that does not answer must not pile up looks at the others.
    if (looking) return;
    looking = true;
    try {
      const running = population.all().filter(({ state }) => state === 'running');
      for (const report of await Promise.all(running.map(plugin => plugin.health()))) {
        // A plugin counts as healthy before the first look.
        const before = last.get(report.pluginId) ?? 'healthy';
        last.set(report.pluginId, report.health);
        if (before !== report.health && report.health !== 'idle') fire({ type: 'health', report });
      }
    } finally {
      looking = false;
    }
  }

  return {
    update: () => {
      const all = population.all();
      for (const pluginId of last.keys()) if (!population.get(pluginId)) last.delete(pluginId);
      if (all.some(({ state }) => state === 'running'))
        timer ??= setInterval(() => void look(), INTERVAL_MS).unref();
      else stop();
    },
    restartUnhealthy: async signal => {
      const restarted = population.all().map(async plugin => {
        const { health, checks } = await plugin.health(signal);
        // One that has failed for good is left to whoever mends it.
        if (health !== 'unhealthy' || plugin.state !== 'running') return [];
        const why = checks.filter(check => check.health === 'unhealthy').map(({ message }) => message);
        await plugin.restart('PW-PLUGIN-UNHEALTHY', `The plugin was started again: ${why.join(' ')}`);
        return [plugin.address];
      });
      return (await Promise.all(restarted)).flat();
    },
    dispose: stop,
  };
}
