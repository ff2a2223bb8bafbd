import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createBenchHost } from '../bench-host.ts';
import { type Figure, median } from '../statistics.ts';

const MIB = 1024 * 1024;
const SIZE = 64 * MIB;

/** As base64 in JSON within the 4 MiB that a message may have. */
const CHUNK = 2 * MIB;

const sender = `
const bytes = Buffer.alloc(${SIZE}, 'plugin workbench');
exports.activate = ({ commands, plugins, memory }) => {
  const timed = async work => {
    const began = performance.now();
    const sum = await work();
    return { ms: performance.now() - began, sum };
  };
  commands.register('by-messages', () => timed(async () => {
    let sum = 0;
    for (let at = 0; at < bytes.length; at += ${CHUNK}) {
      sum += await plugins.call('receiver', 'chunk', bytes.toString('base64', at, at + ${CHUNK}));
    }
    return sum;
  }));
  let segment;
  commands.register('prepare', async () => {
    const { ms, sum } = await timed(async () => { segment = await memory.allocate(bytes.length); return 0; });
    await memory.share(segment.id, ['receiver'], 'read');
    return { ms, sum };
  });
  commands.register('by-memory', () => timed(async () => {
    await segment.write(0, bytes);
    return plugins.call('receiver', 'segment', segment.id);
  }));
};
`;

const receiver = `
const sumOf = bytes => { let sum = 0; for (let at = 0; at < bytes.length; at += 4096) sum += bytes[at]; return sum; };
exports.activate = ({ commands, memory }) => {
  commands.register('chunk', text => sumOf(Buffer.from(text, 'base64')));
  commands.register('segment', async id => sumOf(await (await memory.open(id)).read()));
};
`;

/** 64 MiB from one sandboxed plugin to another and into a buffer of its own: by shared memory, against messages. */
export async function measureSharedMemory(rounds: number): Promise<readonly Figure[]> {
  const { host, root, dispose } = await createBenchHost();
  const run = async (method: string): Promise<{ ms: number; sum: number }> =>
    (await host.invoke({ pluginId: 'sender', method, args: null, deadline: 600_000 })) as {
      ms: number;
      sum: number;
    };
  try {
    for (const [id, code] of Object.entries({ receiver, sender })) {
      const dir = join(root, id);
      await mkdir(dir);
      await writeFile(join(dir, 'plugin.json'), JSON.stringify(manifestOf(id), undefined, 2));
      await writeFile(join(dir, 'main.js'), code);
      await host.start({ dir, watch: false });
    }
    const allocation = await run('prepare');
    const [byMemory, byMessages]: [number[], number[]] = [[], []];
    for (let round = -1; round < rounds; round++) {
      const messages = await run('by-messages');
      const memory = await run('by-memory');
      if (messages.sum !== memory.sum) throw new Error('What arrived is not what was sent.');
      if (round < 0) continue;
      byMessages.push(messages.ms);
      byMemory.push(memory.ms);
    }
    return [
      {
        name: '64 MiB plugin to plugin, by shared memory',
        unit: 'ms',
        ours: median(byMemory),
        bare: median(byMessages),
        note: `median of ${rounds}; bare: the same by messages, base64 in chunks of 2 MiB`,
      },
      {
        name: '64 MiB of shared memory, allocated',
        unit: 'ms',
        ours: allocation.ms,
        note: 'once; every page is taken',
      },
    ];
  } finally {
    await dispose();
  }
}

function manifestOf(id: string): Record<string, unknown> {
  return {
    id,
    name: id,
    version: '1.0.0',
    runtime: 'nodejs',
    entrypoint: 'main.js',
    capabilities: [],
    resources: { maxMemoryMB: 1024, maxCpuPercent: 400, maxFileHandles: 128 },
    dependencies: { system: [], plugins: [], packages: {} },
    coordination: {
      exposesMethods: ['by-messages', 'by-memory', 'prepare', 'chunk', 'segment'],
      consumesMethods: ['chunk', 'segment'],
      messaging: true,
      sharedMemory: true,
    },
  };
}
