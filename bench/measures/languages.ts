import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { startBareNode, stopBareNode } from '../bare-node.ts';
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
    try {
      figures.push(...(await measureLanguage(bench, language)));
    } finally {
      await bench.dispose();
    }
  }
  return figures;
}

async function measureLanguage({ host, root }: BenchHost, language: BenchLanguage): Promise<Figure[]> {
  const { id } = language;
  const plugin = await writeLanguagePlugin(root, language, 'subject');
  const peer = await writeLanguagePlugin(root, benchLanguages[0] as BenchLanguage, 'peer');
  const starts: number[] = [];
  const bareStarts: number[] = [];
  const bareMemory: number[] = [];
  for (let round = -1; round < STARTS; round++) {
    const bare = await startBare(language);
    const began = performance.now();
    await host.start({ dir: plugin.dir, watch: false });
    const took = performance.now() - began;
    await host.stop(plugin.id);
    // The first round builds and warms up.
    if (round < 0) continue;
    starts.push(took);
    if (!bare) continue;
    bareStarts.push(bare.startMs);
    bareMemory.push(bare.mebibytes);
  }
  const bareStart = bareStarts.length > 0 ? { bare: median(bareStarts) } : {};
  const noBare = bareStarts.length > 0 ? 'bare: the runtime’s first byte' : 'has no runtime to compare with';
  const reloads = await measureReloads({ host, root, plugin });
  const { pid = 0 } = await host.start({ dir: plugin.dir, watch: false });
  await host.start({ dir: peer.dir, watch: false });
  const messages = await measureMessages(host, plugin.id);
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
  await host.stop(plugin.id);
  await host.stop(peer.id);
  return [
    {
      name: `${id}: order → active, sandboxed`,
      unit: 'ms',
      ours: median(starts),
      ...bareStart,
      note: `median of ${STARTS}; ${noBare}`,
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
      note: `${CALLS} calls; bare: socket pair echo by node`,
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
      ...(bareMemory.length > 0 ? { bare: median(bareMemory) } : {}),
      note: 'USS when idle; bare: the runtime that does nothing',
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
): Promise<{ ours: number[]; bare: number[] }> {
  const peer = await startBareNode();
  const ours: number[] = [];
  const bare: number[] = [];
  for (let call = -200; call < CALLS; call++) {
    const began = performance.now();
    await host.invoke({ pluginId, method: 'ping', args: payload });
    const answered = performance.now();
    peer.socket.write(payload);
    await once(peer.socket, 'data');
    if (call < 0) continue;
    ours.push((answered - began) * 1000);
    bare.push((performance.now() - answered) * 1000);
  }
  await stopBareNode(peer);
  return { ours, bare };
}

/** Starts the runtime alone; what it takes until its first byte, and the private memory it then has. */
async function startBare({
  bare,
}: BenchLanguage): Promise<{ startMs: number; mebibytes: number } | undefined> {
  const [program, ...args] = bare ?? [];
  if (program === undefined) return undefined;
  const began = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const startMs = performance.now() - began;
  const mebibytes = await privateMebibytes(child.pid ?? 0);
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  return { startMs, mebibytes };
}
