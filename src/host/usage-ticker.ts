import type { Disposable } from '../base/index.ts';
import type { HostEvent } from '../protocol/editor/index.ts';
import type { Population } from './population.ts';

const USAGE_INTERVAL_MS = 1000;

/** Tells once a second what each running plugin uses; nothing ticks while none runs. */
export interface UsageTicker extends Disposable {
  /** A plugin has changed its state. */
  update(): void;
}

/** Makes the ticker of a host. */
export function createUsageTicker(population: Population, fire: (event: HostEvent) => void): UsageTicker {
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  const tick = (): void => {
    for (const plugin of population.all()) {
      const usage = plugin.serving ? plugin.readUsage() : undefined;
      if (usage) fire({ type: 'usage', usage });
    }
  };
  return {
    update: () => {
      if (population.all().some(plugin => plugin.serving))
        timer ??= setInterval(tick, USAGE_INTERVAL_MS).unref();
      else stop();
    },
    dispose: stop,
  };
}
