import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { startBarePeer, stopBarePeer } from '../bare-peer.ts';
import { bareNode } from '../bare-programs.ts';
import { type Figure, median, quantile } from '../statistics.ts';
import { startTalkingPlugins } from '../talking-plugins.ts';

const payload = 'x'.repeat(100);

/** Few enough that the SDK does not slow the plugin down, which it does after a burst. */
const BATCH = 500;
const BATCHES = 6;
const PIPELINED = 4000;
const AT_ONCE = 64;

/** How long until a plugin may send a whole burst again, in milliseconds. */
const REST_MS = 2000;

/** A call of one plugin by another, both in their sandboxes, against a raw echo over one socket pair. */
export async function measureMessages(): Promise<readonly Figure[]> {
  const plugins = await startTalkingPlugins();
  const peer = await startBarePeer(bareNode);
  try {
    await plugins.roundTrips(BATCH);
    await echoes(peer.socket, BATCH);
    const ours: number[] = [];
    const bare: number[] = [];
    // In turns, so that both see the machine in the same moods.
    for (let batch = 0; batch < BATCHES; batch++) {
      ours.push(...(await plugins.roundTrips(BATCH)));
      bare.push(...(await echoes(peer.socket, BATCH)));
    }
    await delay(REST_MS);
    const perSecond = await plugins.throughput(PIPELINED, AT_ONCE);
    const barePerSecond = await echoThroughput(peer.socket, PIPELINED, AT_ONCE);
    const figure = (name: string, of: (samples: readonly number[]) => number): Figure => ({
      name: `plugin to plugin and back, 100 bytes, ${name}`,
      unit: 'µs',
      ours: of(ours),
      bare: of(bare),
      note: `${ours.length} calls, two processes away; bare: one socket pair echo`,
    });
    return [
      figure('p50', median),
      figure('p99', samples => quantile(samples, 0.99)),
      {
        name: `plugin to plugin, ${AT_ONCE} calls at once`,
        unit: 'calls/s',
        ours: perSecond,
        bare: barePerSecond,
        note: `${PIPELINED} calls within a burst (a plugin is held to 4000 a second for good); bare: socket pair echo`,
      },
    ];
  } finally {
    await stopBarePeer(peer);
    await plugins.dispose();
  }
}

async function echoes(socket: Duplex, count: number): Promise<readonly number[]> {
  const samples: number[] = [];
  for (let n = 0; n < count; n++) {
    const began = performance.now();
    socket.write(payload);
    await once(socket, 'data');
    samples.push((performance.now() - began) * 1000);
  }
  return samples;
}

/** Echoes a second, with so many under way at any time. */
async function echoThroughput(socket: Duplex, count: number, atOnce: number): Promise<number> {
  const began = performance.now();
  let sent = 0;
  let bytes = 0;
  const send = (): void => {
    sent++;
    socket.write(payload);
  };
  const done = new Promise<void>(resolve => {
    const receive = (chunk: Buffer): void => {
      bytes += chunk.length;
      const back = Math.floor(bytes / payload.length);
      while (sent < count && sent - back < atOnce) send();
      if (back < count) return;
      socket.off('data', receive);
      resolve();
    };
    socket.on('data', receive);
  });
  for (let n = 0; n < atOnce; n++) send();
  await done;
  return (count * 1000) / (performance.now() - began);
}
