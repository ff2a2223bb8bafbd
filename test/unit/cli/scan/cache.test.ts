import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type CacheEntry, createScanCache } from '../../../../src/cli/scan/cache.ts';
import { tidyCache } from '../../../../src/cli/scan/cache-folder.ts';

describe('the cache of scans', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plugin-workbench-cache-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const range = { start: { line: 1, character: 2 }, end: { line: 1, character: 3 } };
  const entries = new Map<string, CacheEntry>([
    [
      '__proto__.js',
      {
        hash: 'x',
        dependencies: { 'b.js': '-' },
        findings: [{ code: 'PW-A', severity: 'error', message: 'm', file: '/p/a.js', range }],
      },
    ],
  ]);

  it('gives back what was saved, to the same rules and project alone', async () => {
    const cache = createScanCache(folder, 'rules 1');
    await cache.save('/p', entries);
    assert.deepEqual(await cache.load('/p'), entries);
    assert.equal((await cache.load('/q')).size, 0);
    assert.equal((await createScanCache(folder, 'rules 2').load('/p')).size, 0);
    const [name = ''] = await readdir(folder);
    assert.equal((await stat(join(folder, name))).mode & 0o77, 0);
  });

  it('takes a broken file for none', async () => {
    const cache = createScanCache(folder, '1');
    await cache.save('/p', entries);
    const names = await readdir(folder);
    assert.equal(names.length, 1);
    const file = join(folder, names[0] ?? '');
    const text = await readFile(file, 'utf8');
    for (const broken of [text.slice(0, -9), '[]', text.replace('"error"', '"fatal"'), '']) {
      await writeFile(file, broken);
      assert.equal((await cache.load('/p')).size, 0, broken);
    }
  });

  it('forgets what is old', async () => {
    await writeFile(join(folder, 'old.json'), '{}');
    await writeFile(join(folder, 'new.json'), '{}');
    const day = 24 * 60 * 60;
    const now = Date.now();
    await utimes(join(folder, 'old.json'), now / 1000 - 31 * day, now / 1000 - 31 * day);
    await tidyCache(folder, now);
    assert.deepEqual(await readdir(folder), ['new.json']);
    await tidyCache(join(folder, 'nowhere'), now);
  });
});
