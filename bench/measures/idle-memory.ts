import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBareNode, stopBareNode } from '../bare-node.ts';
import type { BenchPlugin } from '../bench-plugin.ts';
import { type Figure, median } from '../statistics.ts';

/** Private memory of an idle, active plugin, against the bare runtime with the same socket open. */
export async function measureIdleMemory({ host, dir, id }: BenchPlugin, rounds: number): Promise<Figure> {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { pid } = await host.start({ dir, watch: false });
    const peer = await startBareNode();
    await sleep(1500);
    ours.push(await privateMebibytes(pid ?? 0));
    bare.push(await privateMebibytes(peer.process.pid ?? 0));
    await stopBareNode(peer);
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

async function privateMebibytes(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kibibytes = [...rollup.matchAll(/^Private_(?:Clean|Dirty): +(\d+) kB$/gm)].map(([, kb]) =>
    Number(kb),
  );
  return kibibytes.reduce((sum, kb) => sum + kb, 0) / 1024;
}
