import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Chunk } from '../../../../src/cli/scan/chunk.ts';
import { lookInParallel } from '../../../../src/cli/scan/pool.ts';
import type { WorkerTask } from '../../../../src/cli/scan/worker.ts';

/** A worker that does what the names of its files say. */
const script = `
import { parentPort } from 'node:worker_threads';
parentPort.on('message', ({ root, places }) => {
  for (const { file } of places) {
    parentPort.postMessage({ type: 'begin', file });
    if (file.endsWith('exit.js')) process.exit(0);
    if (file.endsWith('throw.js')) throw new Error('thrown');
    if (file.endsWith('hang.js')) for (;;);
    if (file.endsWith('grow.js')) for (const all = []; ; ) all.push(new Array(10_000).fill(all.length));
    const result = { file, root, hash: '', findings: [], dependencies: {}, isLasting: true };
    parentPort.postMessage({ type: 'looked', result });
  }
  parentPort.postMessage({ type: 'ready' });
});
parentPort.postMessage({ type: 'ready' });
`;

describe('looking on several threads', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plugin-workbench-pool-'));
    await writeFile(join(folder, 'worker.mjs'), script);
    await writeFile(join(folder, 'broken.mjs'), 'throw new Error("broken");');
  });
  after(() => rm(folder, { recursive: true }));

  const chunk = (...names: string[]): Chunk => ({
    root: '/p',
    places: names.map(name => ({
      file: `/p/${name}.js`,
      root: '/p',
      language: 'javascript',
      isTest: false,
      size: 1,
    })),
  });
  const look = async (
    chunks: readonly Chunk[],
    { name = 'worker.mjs', silenceMs = 60_000, stop = new AbortController().signal } = {},
  ): Promise<Record<string, string>> => {
    const said: Record<string, string> = {};
    const task: WorkerTask = { kind: 'plugin-workbench-scan', wasmDir: '', languages: new Set() };
    const ports = { script: join(folder, name), task, jobs: 2, silenceMs };
    await lookInParallel(
      chunks,
      {
        ...ports,
        onLooked: ({ file, findings }) => {
          said[basename(file, '.js')] = findings.map(({ message }) => message).join();
        },
      },
      stop,
    );
    return said;
  };

  it('looks at every file of every chunk', async () => {
    const said = await look([chunk('a', 'b'), chunk('c'), chunk(), chunk('d')]);
    assert.deepEqual(said, { a: '', b: '', c: '', d: '' });
  });

  it('goes on after a worker that dies, with a finding about the file it was at', async () => {
    const said = await look([chunk('a', 'exit', 'b'), chunk('c', 'throw', 'grow', 'd'), chunk('exit2', 'e')]);
    assert.match(said['exit'] ?? '', /made the scan fail/);
    assert.match(said['throw'] ?? '', /thrown/);
    assert.match(said['grow'] ?? '', /too much memory/);
    for (const name of ['a', 'b', 'c', 'd', 'e']) assert.equal(said[name], '', name);
  });

  it('ends a worker that hangs', async () => {
    const said = await look([chunk('hang', 'a')], { silenceMs: 5_000 });
    assert.match(said['hang'] ?? '', /too long/);
    assert.equal(said['a'], '');
  });

  it('stops when it is told to, also one that hangs', async () => {
    const stop = new AbortController();
    const looking = look([chunk('a', 'hang'), chunk('hang')], { stop: stop.signal });
    setImmediate(() => stop.abort(new Error('stopped')));
    await assert.rejects(looking, /stopped/);
  });

  it('fails when workers can’t begin', async () => {
    await assert.rejects(look([chunk('a')], { name: 'broken.mjs' }), /broken/);
  });
});
