import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DebugHost } from '../src/host/index.ts';
import { createBenchHost } from './bench-host.ts';

/** Two running plugins: `asker` calls `ping` of `answerer` and measures how long that takes. */
export interface TalkingPlugins {
  readonly host: DebugHost;
  /** Microseconds of each of so many calls, one after another. */
  roundTrips(calls: number): Promise<readonly number[]>;
  /** Calls a second, with so many under way at any time. */
  throughput(calls: number, atOnce: number): Promise<number>;
  dispose(): Promise<void>;
}

const answerer = `exports.activate = context => {
  context.commands.register('ping', args => args);
};
`;

const asker = `const payload = 'x'.repeat(100);
exports.activate = ({ commands, plugins }) => {
  const ping = () => plugins.call('answerer', 'ping', payload);
  commands.register('round-trips', async calls => {
    const samples = [];
    for (let call = 0; call < calls; call++) {
      const began = performance.now();
      await ping();
      samples.push((performance.now() - began) * 1000);
    }
    return samples;
  });
  commands.register('throughput', async ({ calls, atOnce }) => {
    let left = calls;
    const work = async () => {
      while (left-- > 0) await ping();
    };
    const began = performance.now();
    await Promise.all(Array.from({ length: atOnce }, work));
    return (calls * 1000) / (performance.now() - began);
  });
};
`;

/** Starts both in their sandboxes. Needs the build (`npm run build`). */
export async function startTalkingPlugins(): Promise<TalkingPlugins> {
  const { host, root, dispose } = await createBenchHost();
  for (const [id, code] of Object.entries({ answerer, asker })) {
    const dir = join(root, id);
    await mkdir(dir);
    await writeFile(join(dir, 'plugin.json'), JSON.stringify(manifestOf(id), undefined, 2));
    await writeFile(join(dir, 'main.js'), code);
    await host.start({ dir, watch: false });
  }
  const invoke = (method: string, args: unknown): Promise<unknown> =>
    host.invoke({ pluginId: 'asker', method, args, deadline: 600_000 });
  return {
    host,
    roundTrips: async calls => (await invoke('round-trips', calls)) as number[],
    throughput: async (calls, atOnce) => (await invoke('throughput', { calls, atOnce })) as number,
    dispose,
  };
}

function manifestOf(id: string): Record<string, unknown> {
  return {
    id,
    name: id,
    version: '1.0.0',
    description: 'One of two plugins that talk, for measuring.',
    author: 'Plugin Workbench',
    main: 'main.js',
    minHostVersion: '1.0.0',
    requiredFeatures: [],
    permissions: {},
  };
}
