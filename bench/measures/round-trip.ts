import { once } from 'node:events';
import { startBarePeer, stopBarePeer } from '../bare-peer.ts';
import { bareNode } from '../bare-programs.ts';
import type { BenchPlugin } from '../bench-plugin.ts';
import { type Figure, median, quantile } from '../statistics.ts';

const payload = 'x'.repeat(100);

/** A call of a plugin's command and its answer, against a raw echo over the same kind of socket. */
export async function measureRoundTrip(
  { host, dir, id }: BenchPlugin,
  calls: number,
): Promise<readonly Figure[]> {
  const ours: number[] = [];
  const bare: number[] = [];
  await host.start({ dir, watch: false });
  const peer = await startBarePeer(bareNode);
  try {
    for (let call = -500; call < calls; call++) {
      const began = performance.now();
      await host.invoke({ pluginId: id, method: 'ping', args: payload });
      const answered = performance.now();
      peer.socket.write(payload);
      await once(peer.socket, 'data');
      const echoed = performance.now();
      if (call < 0) continue;
      ours.push((answered - began) * 1000);
      bare.push((echoed - answered) * 1000);
    }
  } finally {
    await stopBarePeer(peer);
    await host.stop(id);
  }
  const figure = (name: string, of: (samples: readonly number[]) => number): Figure => ({
    name: `round trip, 100 bytes, ${name}`,
    unit: 'µs',
    ours: of(ours),
    bare: of(bare),
    note: `${calls} calls; bare: socket pair echo`,
  });
  return [figure('p50', median), figure('p99', samples => quantile(samples, 0.99))];
}
