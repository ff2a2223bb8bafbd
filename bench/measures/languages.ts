import { setTimeout as delay } from 'node:timers/promises';
import { type BarePeer, echo, startBarePeer, stopBarePeer } from '../bare-peer.ts';
import { createBareProgram } from '../bare-programs.ts';
import { type BenchHost, createBenchHost } from '../bench-host.ts';
import {
  type BenchLanguage,
  benchLanguages,
  isInstalled,
  type LanguagePlugin,
  writeLanguagePlugin,
} from '../language-plugin.ts';
import { privateMebibytes } from '../private-memory.ts';
import { processorMs } from '../processor-time.ts';
import { type Figure, median, quantile } from '../statistics.ts';

const STARTS = 9;
const RELOADS = 9;
const CALLS = 1500;
const BETWEEN = 400;
const IDLE_MS = 4000;
const payload = 'x'.repeat(100);

/** The same plugin in every language: load, reload, messages, memory and idle processor time. */
export async function measureLanguages(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const language of benchLanguages) {
    if (!isInstalled(language)) {
      process.stdout.write(`| ${language.id} | skipped: ${language.needs[0]} is not installed | | | |\n`);
      continue;
    }
    const bench = await createBenchHost();
    const bare = await createBareProgram(language.id);
    try {
      figures.push(...(await measureLanguage(bench, language, bare.command)));
    } finally {
      await bench.dispose();
      await bare.dispose();
    }
  }
  return figures;
}

async function measureLanguage(
  { host, root }: Omit<BenchHost, 'dispose'>,
  language: BenchLanguage,
  program: readonly string[],
): Promise<Figure[]> {
  const { id } = language;
  const plugin = await writeLanguagePlugin(root, language, 'subject');
  const peer = await writeLanguagePlugin(root, benchLanguages[0] as BenchLanguage, 'peer');
  const starts: number[] = [];
  const bareStarts: number[] = [];
  for (let round = -1; round < STARTS; round++) {
    const bare = await startBarePeer(program);
    await stopBarePeer(bare);
    const began = performance.now();
    await host.start({ dir: plugin.dir, watch: false });
    const took = performance.now() - began;
    await host.stop(plugin.id);
    // The first round builds and warms up.
    if (round < 0) continue;
    starts.push(took);
    bareStarts.push(bare.startMs);
  }
  const bareStart = { bare: median(bareStarts) };
  const reloads = await measureReloads({ host, root, plugin });
  const { pid = 0 } = await host.start({ dir: plugin.dir, watch: false });
  await host.start({ dir: peer.dir, watch: false });
  const bare = await startBarePeer(program);
  const messages = await measureMessages(host, plugin.id, bare);
  const between = (await host.invoke({
    pluginId: plugin.id,
    method: 'round-trips',
    args: { calls: BETWEEN, plugin: peer.id },
    deadline: 120_000,
  })) as number[];
  await delay(1000);
  const before = processorMs(pid);
  await delay(IDLE_MS);
  const idle = ((processorMs(pid) - before) / IDLE_MS) * 100;
  const memory = await privateMebibytes(pid);
  const bareMemory = await privateMebibytes(bare.pid);
  await stopBarePeer(bare);
  await host.stop(plugin.id);
  await host.stop(peer.id);
  return [
    {
      name: `${id}: order → active, sandboxed`,
      unit: 'ms',
      ours: median(starts),
      ...bareStart,
      note: `median of ${STARTS}; bare: the first byte of an echo in the same language`,
    },
    {
      name: `${id}: live reload, save → new code answers`,
      unit: 'ms',
      ours: median(reloads),
      ...bareStart,
      note: `median of ${RELOADS}, file watching with its 30 ms included`,
    },
    {
      name: `${id}: host ↔ plugin, 100 bytes, p50`,
      unit: 'µs',
      ours: median(messages.ours),
      bare: median(messages.bare),
      note: `${CALLS} calls; bare: socket pair echo in the same language`,
    },
    {
      name: `${id}: host ↔ plugin, 100 bytes, p99`,
      unit: 'µs',
      ours: quantile(messages.ours, 0.99),
      bare: quantile(messages.bare, 0.99),
      note: 'the same calls',
    },
    {
      name: `${id} → node, plugin to plugin and back, p50`,
      unit: 'µs',
      ours: median(between),
      bare: median(messages.bare),
      note: `${BETWEEN} calls, two processes away; bare: one socket pair echo`,
    },
    {
      name: `${id}: private memory`,
      unit: 'MiB',
      ours: memory,
      bare: bareMemory,
      note: `USS after ${CALLS} calls and ${BETWEEN} of its own; bare: the echo after as many echoes`,
    },
    { name: `${id}: idle processor time`, unit: '% of a core', ours: idle, note: `over ${IDLE_MS / 1000} s` },
  ];
}

async function measureReloads({
  host,
  plugin,
}: Omit<BenchHost, 'dispose'> & { plugin: LanguagePlugin }): Promise<number[]> {
  const samples: number[] = [];
  await host.start({ dir: plugin.dir, watch: true });
  for (let generation = 2; generation < RELOADS + 2; generation++) {
    // As an author who saves again when the machine has come to rest.
    await delay(1000);
    const began = performance.now();
    await plugin.save(generation);
    while ((await host.invoke({ pluginId: plugin.id, method: 'generation', args: null })) !== generation) {
      const problem = host.list().find(({ pluginId }) => pluginId === plugin.id)?.problem;
      if (problem) throw new Error(problem.message);
      await delay(2);
    }
    samples.push(performance.now() - began);
  }
  await host.stop(plugin.id);
  return samples;
}

async function measureMessages(
  host: BenchHost['host'],
  pluginId: string,
  peer: BarePeer,
): Promise<{ ours: number[]; bare: number[] }> {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let call = -200; call < CALLS; call++) {
    const began = performance.now();
    await host.invoke({ pluginId, method: 'ping', args: payload });
    const took = (performance.now() - began) * 1000;
    const echoed = await echo(peer, payload);
    if (call < 0) continue;
    ours.push(took);
    bare.push(echoed);
  }
  return { ours, bare };
}
