import { readFileSync, writeSync } from 'node:fs';

const GENERATION = 1;
const payload = 'x'.repeat(100);
let count = 0;
const taken = [];

/**
 * Takes memory in pieces of so many MiB until `by` MiB over a limit. From near the limit on it says after every
 * piece when that was, on a clock that all processes share, and past its own event loop.
 */
function overrun({ limit, by, piece }) {
  for (;;) {
    taken.push(Buffer.alloc(piece * 2 ** 20, 1));
    const used = ownMebibytes();
    if (used >= limit - 2 * piece) writeSync(1, `at ${process.hrtime.bigint()} ${used.toFixed(1)}\n`);
    if (used >= limit + by) return taken.length;
  }
}

/** What limits are about: pages that are nobody's file. */
function ownMebibytes() {
  const status = readFileSync('/proc/self/status', 'latin1');
  const kibibytes = [...status.matchAll(/^(?:RssAnon|RssShmem|VmSwap):\s+(\d+)/gm)];
  return kibibytes.reduce((sum, [, kb]) => sum + Number(kb), 0) / 1024;
}

export function activate({ commands, plugins }) {
  commands.register('ping', args => args);
  commands.register('generation', () => GENERATION);
  commands.register('count', () => ++count);
  commands.register('overrun', overrun);
  commands.register('round-trips', async ({ calls, plugin }) => {
    const samples = [];
    for (let call = 0; call < calls; call++) {
      const began = performance.now();
      await plugins.call(plugin, 'ping', payload);
      samples.push((performance.now() - began) * 1000);
    }
    return samples;
  });
}

export const getState = () => ({ count });
export const restoreState = state => {
  count = state.count;
};
