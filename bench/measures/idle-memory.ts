import { setTimeout as sleep } from 'node:timers/promises';
import { startBarePeer, stopBarePeer } from '../bare-peer.ts';
import { bareNode } from '../bare-programs.ts';
import type { BenchPlugin } from '../bench-plugin.ts';
import { privateMebibytes } from '../private-memory.ts';
import { type Figure, median } from '../statistics.ts';

/** Private memory of an idle, active plugin, against the bare runtime with the same socket open. */
export async function measureIdleMemory({ host, dir, id }: BenchPlugin, rounds: number): Promise<Figure> {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { pid } = await host.start({ dir, watch: false });
    const peer = await startBarePeer(bareNode);
    await sleep(1500);
    ours.push(await privateMebibytes(pid ?? 0));
    bare.push(await privateMebibytes(peer.pid));
    await stopBarePeer(peer);
    await host.stop(id);
  }
  return {
    name: 'idle plugin, private memory (USS)',
    unit: 'MiB',
    ours: median(ours),
    bare: median(bare),
    note: `median of ${rounds}, 1.5 s after the start; /proc/PID/smaps_rollup`,
  };
}
