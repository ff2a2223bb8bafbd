import type { BenchPlugin } from '../bench-plugin.ts';
import { type Figure, median } from '../statistics.ts';

/** From the save of a source file until the new code answers. */
export async function measureReload(plugin: BenchPlugin, rounds: number): Promise<Figure> {
  const { host, dir, id } = plugin;
  const samples: number[] = [];
  await host.start({ dir, watch: true });
  try {
    for (let generation = 2; generation < rounds + 2; generation++) {
      const began = performance.now();
      await plugin.writeSource(generation);
      while ((await host.invoke({ pluginId: id, method: 'ping', args: 'generation' })) !== generation) {
        await new Promise(done => setTimeout(done, 2));
      }
      samples.push(performance.now() - began);
    }
  } finally {
    await host.stop(id);
  }
  return {
    name: 'live reload: save → new code answers, state kept',
    unit: 'ms',
    ours: median(samples),
    note: `median of ${rounds}, file watching included`,
  };
}
