import { mkdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { DebugHost } from '../../src/host/index.ts';
import { type BenchLanguage, type LanguagePlugin, writeLanguagePlugin } from '../language-plugin.ts';
import { median, quantile } from '../statistics.ts';
import { createTally } from './tally.ts';
import { readHeap, readTraces, type Traces } from './traces.ts';

/** Callers at a time, and how long each rests between its calls, in milliseconds. */
const CALLERS = 4;
const REST_MS = 2;

/** How long what has ended may take to be gone, in milliseconds. */
const GONE_MS = 60_000;

/** What to soak, and where. */
export interface SoakOptions {
  readonly language: BenchLanguage;
  readonly reloads: number;
  readonly host: DebugHost;
  /** An empty folder. */
  readonly root: string;
  /** The folder this process and its host make temporary files in, and nobody else. */
  readonly temporaryFolder: string;
  progress?(reloads: number): void;
}

/** What came of it. */
export interface SoakReport {
  readonly calls: number;
  /** Calls that were answered twice, by a wrong number, or not at all. */
  readonly lost: number;
  readonly p50: number;
  readonly p99: number;
  /** Before and after. */
  readonly traces: readonly [Traces, Traces];
  /** Heap of the host after a collection, at the end of the second and of the last tenth: the ratio, 1 is no growth. */
  readonly heapGrowth: number;
}

/**
 * Saves a watched plugin again and again while callers count with it. Every save is waited for until the new code
 * answers, so that none is shared.
 *
 * @throws Error when a call fails, or an answer comes twice
 */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const { host, language, root, reloads, temporaryFolder } = options;
  await mkdir(root, { recursive: true });
  // What is made once, such as a watcher's descriptor or a build, is no leak.
  const warm = await writeLanguagePlugin(root, language, 'warm');
  await host.start({ dir: warm.dir, watch: true });
  await saveAndAwait(host, warm, 2);
  await host.stop(warm.id);
  const before = readTraces(temporaryFolder);

  const plugin = await writeLanguagePlugin(root, language, 'soaked');
  await host.start({ dir: plugin.dir, watch: true });
  const tally = createTally();
  let over = false;
  const caller = async (): Promise<void> => {
    while (!over) {
      tally.take((await host.invoke({ pluginId: plugin.id, method: 'count', args: null })) as number);
      await delay(REST_MS);
    }
  };
  const callers = Promise.all(Array.from({ length: CALLERS }, caller));
  // It is awaited at the end; a failure must end the reloads at once.
  const failed = callers.then(() => {});
  failed.catch(() => {
    over = true;
  });
  const samples: number[] = [];
  const heaps: number[] = [];
  for (let n = 1; n <= reloads && !over; n++) {
    samples.push(await saveAndAwait(host, plugin, n + 1));
    if (n % Math.max(1, Math.floor(reloads / 10)) === 0) heaps.push(readHeap());
    options.progress?.(n);
  }
  over = true;
  await failed;
  await host.stop(plugin.id);
  const after = await settle(before, temporaryFolder);
  return {
    calls: tally.count,
    lost: tally.missing,
    p50: median(samples),
    p99: quantile(samples, 0.99),
    traces: [before, after],
    heapGrowth: (heaps.at(-1) ?? Number.NaN) / (heaps[1] ?? Number.NaN),
  };
}

/** What is left now that was not there before, in words; empty when all is gone. */
export function leftovers({ traces: [before, after] }: SoakReport): string[] {
  return (Object.keys(after) as (keyof Traces)[])
    .filter(name => after[name] > before[name])
    .map(name => `${name}: ${before[name]} before, ${after[name]} after`);
}

/** Milliseconds from a save until the new code answers. @throws Error when the plugin says what is wrong */
async function saveAndAwait(host: DebugHost, plugin: LanguagePlugin, generation: number): Promise<number> {
  const began = performance.now();
  await plugin.save(generation);
  for (;;) {
    const answer = await host.invoke({ pluginId: plugin.id, method: 'generation', args: null });
    if (answer === generation) return performance.now() - began;
    const problem = host.list().find(({ pluginId }) => pluginId === plugin.id)?.problem;
    if (problem) throw new Error(`${problem.code}: ${problem.message}`);
    await delay(REST_MS);
  }
}

async function settle(before: Traces, temporaryFolder: string): Promise<Traces> {
  const until = performance.now() + GONE_MS;
  for (;;) {
    const now = readTraces(temporaryFolder);
    const isGone = (Object.keys(now) as (keyof Traces)[]).every(name => now[name] <= before[name]);
    if (isGone || performance.now() > until) return now;
    await delay(50);
  }
}
