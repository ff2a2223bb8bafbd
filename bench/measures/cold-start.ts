import { startBarePeer, stopBarePeer } from '../bare-peer.ts';
import { bareNode } from '../bare-programs.ts';
import type { BenchPlugin } from '../bench-plugin.ts';
import { type Figure, median } from '../statistics.ts';

/** From the order to start until the plugin is active in its sandbox, against the bare runtime's own start. */
export async function measureColdStart({ host, dir, id }: BenchPlugin, rounds: number): Promise<Figure> {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = -2; round < rounds; round++) {
    const peer = await startBarePeer(bareNode);
    await stopBarePeer(peer);
    const began = performance.now();
    await host.start({ dir, watch: false });
    const took = performance.now() - began;
    await host.stop(id);
    // The first rounds warm the page cache and the host's own code.
    if (round < 0) continue;
    ours.push(took);
    bare.push(peer.startMs);
  }
  return {
    name: 'cold start: order → active, sandboxed',
    unit: 'ms',
    ours: median(ours),
    bare: median(bare),
    note: `median of ${rounds}; bare: node's first byte on descriptor 3`,
  };
}
