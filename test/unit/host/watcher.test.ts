import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { isIgnored, watchSource } from '../../../src/host/plugin/watcher.ts';

const options = { dir: '/p', entry: () => '/p/src/index.js', written: () => ['/p/data'] };

for (const [file, ignored] of [
  ['/p/plugin.json', false],
  ['/p/src/index.js', false],
  ['/p/lib/deep/er.ts', false],
  ['/p/node_modules/x/index.js', true],
  ['/p/src/node_modules/x.js', true],
  ['/p/.git/HEAD', true],
  ['/p/.plugin-meta/types.d.ts', true],
  ['/p/dist/index.js', true],
  ['/p/data/cache.json', true],
  ['/p/database.js', false],
] as const) {
  test(`${file} is ${ignored ? 'left out' : 'watched'}`, () =>
    assert.equal(isIgnored(file, options), ignored));
}

test('an output folder that holds the entry is watched', () => {
  assert.equal(isIgnored('/p/dist/index.js', { ...options, entry: () => '/p/dist/index.js' }), false);
});

test('several writes are one change; what the plugin writes and an editor’s swap files are none', async () => {
  const dir = await realpath(await mkdtemp(path.join(tmpdir(), 'watcher-test-')));
  await mkdir(path.join(dir, 'data'));
  const entry = path.join(dir, 'index.js');
  await writeFile(entry, '0');
  let changes = 0;
  let heard = (): void => {};
  const watching = await watchSource({
    dir,
    entry: () => entry,
    written: () => [path.join(dir, 'data')],
    onChange: () => {
      changes++;
      heard();
    },
    onError: error => assert.ifError(error),
  });
  const change = (): Promise<void> =>
    new Promise(resolve => {
      heard = resolve;
    });
  try {
    await writeFile(path.join(dir, 'data', 'state.json'), '{}');
    await writeFile(path.join(dir, '.index.js.swp'), 'x');
    const first = change();
    for (let n = 0; n < 5; n++) await writeFile(entry, String(n));
    await first;
    const second = change();
    await writeFile(path.join(dir, 'index.js.tmp'), 'renamed');
    await rename(path.join(dir, 'index.js.tmp'), entry);
    await second;
    assert.ok(changes <= 3, `${changes} changes`);

    const before = changes;
    await writeFile(entry, 'renamed');
    await delay(300);
    assert.equal(changes, before, 'the same content is no change');
    const third = change();
    await rm(entry);
    await third;
  } finally {
    watching.dispose();
    await rm(dir, { recursive: true });
  }
});
