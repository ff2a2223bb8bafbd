import type { DebugHostOptions } from '../../src/host/index.ts';
import type { HostEvent } from '../../src/protocol/editor/index.ts';
import { createBenchHost } from '../bench-host.ts';
import { type BenchLanguage, benchLanguages, writeLanguagePlugin } from '../language-plugin.ts';
import { type Figure, quantile } from '../statistics.ts';

const LIMIT_MIB = 128;

/** What a plugin takes beyond its limit when it stops just above it. */
const LITTLE_MIB = 2;

/** What a plugin takes when it does not stop: it is gone before it has all of that. */
const ALL_MIB = 512;

/** Runs in which another part of the host was quicker than the one to measure are made again, so many times at most. */
const MOST_RUNS = 4;

/** One way to go over. */
interface Case {
  readonly name: string;
  /** MiB taken beyond the limit, and at a time. */
  readonly by: number;
  readonly piece: number;
  readonly options: Partial<DebugHostOptions>;
  /** Who has to end it for a run to count. */
  readonly endedBy: 'kernel' | 'monitor';
  readonly note: string;
}

const cases: readonly Case[] = [
  {
    name: 'over the control group’s ceiling (kernel)',
    by: ALL_MIB,
    piece: 8,
    options: {},
    endedBy: 'kernel',
    note: 'from the last 8 MiB it got, at most as many below the ceiling, which is 16 MiB above the limit',
  },
  {
    name: 'just over the limit, below that ceiling (monitor, every 30 ms)',
    by: LITTLE_MIB,
    piece: 0.25,
    options: {},
    endedBy: 'monitor',
    note: 'from the first quarter of a MiB over the limit',
  },
  {
    name: 'over the limit without a control group (monitor, every 25 ms)',
    by: ALL_MIB,
    piece: 0.25,
    options: { unconfined: ['eater'] },
    endedBy: 'monitor',
    note: 'from the first quarter of a MiB over the limit',
  },
];

/** A plugin takes more memory than it may: from that moment, by its own clock, until the host has reported it. */
export async function measureBreach(rounds: number): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const one of cases) figures.push(...(await measureCase(one, rounds)));
  return figures;
}

async function measureCase(
  { name, by, piece, options, endedBy, note }: Case,
  rounds: number,
): Promise<Figure[]> {
  const { host, root, dispose } = await createBenchHost(options);
  const node = benchLanguages[0] as BenchLanguage;
  const plugin = await writeLanguagePlugin(root, node, 'eater', LIMIT_MIB);
  const reported: number[] = [];
  const explained: number[] = [];
  let used = 0;
  try {
    for (let run = 0; reported.length < rounds && run < rounds * MOST_RUNS; run++) {
      await host.start({ dir: plugin.dir, watch: false });
      const stamps: { readonly at: bigint; readonly isOver: boolean }[] = [];
      let told: { readonly at: bigint; readonly by: Case['endedBy']; readonly mebibytes: number } | undefined;
      const failed = new Promise<bigint>(resolve => {
        const listening = host.onEvent((event: HostEvent) => {
          const now = process.hrtime.bigint();
          // CLOCK_MONOTONIC, the same in every process.
          const said = event.type === 'log' ? /^at (\d+) ([\d.]+)$/.exec(event.message) : undefined;
          if (said?.[1]) stamps.push({ at: BigInt(said[1]), isOver: Number(said[2]) >= LIMIT_MIB });
          if (event.type === 'violation' && event.action === 'killed') {
            // Of what the kernel ended no more is known than that it had all it might.
            const by = event.used === event.limit ? 'kernel' : 'monitor';
            told = { at: now, by, mebibytes: event.used / 2 ** 20 };
          }
          if (event.type !== 'state' || event.status.state !== 'failed') return;
          listening.dispose();
          resolve(now);
        });
      });
      // Its answer never comes.
      host
        .invoke({ pluginId: plugin.id, method: 'overrun', args: { limit: LIMIT_MIB, by, piece } })
        .catch(() => {});
      const gone = await failed;
      await host.stop(plugin.id);
      const last = stamps.at(-1)?.at;
      if (last === undefined || told === undefined) {
        throw new Error(`${name}: the plugin ended for another reason than its memory.`);
      }
      // The first run warms the host's code.
      if (run === 0 || told.by !== endedBy) continue;
      // One that the monitor ended before it could say that it was over went over after its last word.
      const over = endedBy === 'kernel' ? last : (stamps.find(({ isOver }) => isOver)?.at ?? last);
      used = Math.max(used, told.mebibytes);
      reported.push(Number(told.at - over) / 1e6);
      explained.push(Number(gone - over) / 1e6);
    }
  } finally {
    await dispose();
  }
  const figure = (what: string, samples: readonly number[], share: number, text: string): Figure => ({
    name: `memory ${name} → ${what}, p${share * 100}`,
    unit: 'ms',
    ours: quantile(samples, share),
    note: text,
  });
  return [
    figure(
      'reported',
      reported,
      0.5,
      `${reported.length} runs; ${note}${endedBy === 'kernel' ? '' : `; ${used.toFixed(0)} MiB at most by then`}`,
    ),
    figure('reported', reported, 0.99, 'the same runs'),
    figure('gone and explained', explained, 0.99, 'the same runs'),
  ];
}
