import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { writeFileAtomically } from '../../../src/host/atomic-file.ts';
import { createSnapshots } from '../../../src/host/plugin/snapshots.ts';
import type { Json } from '../../../src/protocol/plugin/index.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'snapshots-test-'));
  mock.timers.enable({ apis: ['setTimeout'] });
});
afterEach(async () => {
  mock.timers.reset();
  await rm(dir, { recursive: true });
});

function setUp(capture: () => Promise<Json | undefined>) {
  const warnings: unknown[] = [];
  let written = 0;
  let onWritten = (): void => {};
  const snapshots = createSnapshots({
    dir,
    capture,
    write: async (file, content) => {
      await writeFileAtomically(file, content);
      written++;
      onWritten();
    },
    warn: error => warnings.push(error),
  });
  const nextWrite = (): Promise<void> =>
    new Promise(resolve => {
      onWritten = resolve;
    });
  return { snapshots, warnings, nextWrite, writes: () => written };
}

test('calls within half a second share one save, and a busy plugin is saved all the same', async () => {
  let state = 0;
  const { snapshots, nextWrite, writes } = setUp(async () => state);
  for (let round = 1; round <= 2; round++) {
    const saved = nextWrite();
    for (state = round * 10; state < round * 10 + 5; state++) {
      snapshots.touch();
      mock.timers.tick(100);
    }
    await saved;
    assert.equal(writes(), round);
    assert.equal(await snapshots.read(), round * 10 + 5);
  }
});

test('no state is no snapshot, a failure is told, and neither stops the next save', async () => {
  const captures: (() => Promise<Json | undefined>)[] = [
    async () => undefined,
    async () => {
      throw new Error('busy');
    },
    async () => ({ ok: true }),
  ];
  const { snapshots, warnings, nextWrite } = setUp(async () => captures.shift()?.());
  const saved = nextWrite();
  for (let n = 0; n < 3; n++) {
    snapshots.touch();
    mock.timers.tick(500);
  }
  await saved;
  assert.deepEqual(await snapshots.read(), { ok: true });
  assert.equal(warnings.length, 1);
});

test('after the removal nothing is saved any more', async () => {
  const { snapshots, nextWrite } = setUp(async () => 1);
  const saved = nextWrite();
  snapshots.touch();
  mock.timers.tick(500);
  await saved;
  snapshots.touch();
  await snapshots.remove();
  snapshots.touch();
  mock.timers.tick(1000);
  assert.deepEqual(await readdir(dir), []);
  assert.equal(await snapshots.read(), undefined);
});

test('a file that can not be read is no state', async () => {
  await writeFile(path.join(dir, 'state.json'), '{');
  assert.equal(await setUp(async () => 1).snapshots.read(), undefined);
});
