import { setTimeout as delay } from 'node:timers/promises';
import { createBenchHost } from '../bench-host.ts';
import { type BenchLanguage, benchLanguages, writeLanguagePlugin } from '../language-plugin.ts';
import { privateMebibytes } from '../private-memory.ts';
import type { Figure } from '../statistics.ts';

const IDLE_MS = 5000;

/** Many plugins at once: how long they take to start, what they hold, and what the host uses to watch over them. */
export async function measureCrowd(count: number): Promise<readonly Figure[]> {
  const { host, root, dispose } = await createBenchHost();
  const node = benchLanguages[0] as BenchLanguage;
  try {
    const plugins = await Promise.all(
      Array.from({ length: count }, (_, n) => writeLanguagePlugin(root, node, `member-${n}`)),
    );
    const began = performance.now();
    const started = await Promise.all(plugins.map(({ dir }) => host.start({ dir, watch: false })));
    const startMs = performance.now() - began;
    await delay(2000);
    let memory = 0;
    for (const { pid } of started) memory += await privateMebibytes(pid ?? 0);
    const before = process.cpuUsage();
    await delay(IDLE_MS);
    const { user, system } = process.cpuUsage(before);
    return [
      { name: `${count} plugins at once: all active`, unit: 'ms', ours: startMs, note: 'ordered together' },
      { name: `${count} plugins: private memory of all`, unit: 'MiB', ours: memory, note: 'USS when idle' },
      {
        name: `${count} plugins: processor time of the idle host`,
        unit: '% of a core',
        ours: (user + system) / 10 / IDLE_MS,
        note: `over ${IDLE_MS / 1000} s; its monitors look at every plugin`,
      },
    ];
  } finally {
    await dispose();
  }
}
