import { createBenchHost } from '../bench-host.ts';
import { type BenchLanguage, benchLanguages, writeLanguagePlugin } from '../language-plugin.ts';
import { type Figure, quantile } from '../statistics.ts';

const LIMIT_MIB = 128;

/** What it takes beforehand, and then in one go: over the limit in any case. */
const BEFORE_MIB = 64;
const MORE_MIB = 128;

/** A plugin takes more memory than it may: from the order to do so until that is reported, and until it is gone. */
export async function measureBreach(rounds: number): Promise<readonly Figure[]> {
  const { host, root, dispose } = await createBenchHost();
  const node = benchLanguages[0] as BenchLanguage;
  const plugin = await writeLanguagePlugin(root, node, 'eater', LIMIT_MIB);
  const reported: number[] = [];
  const gone: number[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      await host.start({ dir: plugin.dir, watch: false });
      await host.invoke({ pluginId: plugin.id, method: 'eat', args: BEFORE_MIB });
      let began = 0;
      const failed = new Promise<void>(resolve => {
        const listening = host.onEvent(event => {
          const took = performance.now() - began;
          if (event.type === 'violation' && event.action === 'killed') reported.push(took);
          if (event.type !== 'state' || event.status.state !== 'failed') return;
          gone.push(took);
          listening.dispose();
          resolve();
        });
      });
      began = performance.now();
      // Its answer never comes.
      host.invoke({ pluginId: plugin.id, method: 'eat', args: MORE_MIB }).catch(() => {});
      await failed;
      await host.stop(plugin.id);
    }
  } finally {
    await dispose();
  }
  const figures = (what: string, samples: readonly number[]): Figure[] =>
    [0.5, 0.99].map(share => ({
      name: `memory over the limit → ${what}, p${share * 100}`,
      unit: 'ms',
      ours: quantile(samples, share),
      note: `${samples.length} runs; from the order to take ${MORE_MIB} MiB with ${BEFORE_MIB} of ${LIMIT_MIB} taken, the taking included`,
    }));
  return [...figures('reported', reported), ...figures('gone and explained', gone)];
}
