import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { createBuilds, sweepBuilds } from '../../../../src/host/builds/index.ts';
import type { SweepLimits } from '../../../../src/host/builds/sweep.ts';

const DAY_MS = 24 * 60 * 60_000;
const limits: SweepLimits = { goneMs: 7 * DAY_MS, unusedMs: 60 * DAY_MS, maxBytes: 1024 ** 3, everyMs: 0 };

let root: string;
let builds: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'sweep-test-')));
  builds = path.join(root, 'builds');
});
afterEach(() => rm(root, { recursive: true }));

const sweep = (more: Partial<SweepLimits> = {}, signal = new AbortController().signal): Promise<number> =>
  sweepBuilds(builds, signal, { ...limits, ...more });

/** The builds of a plugin that was used so many days ago, by a process that has ended. */
async function build(
  name: string,
  { days = 0, gone = false, bytes = 100, language = 'rust', user = '' },
): Promise<string> {
  const plugin = path.join(root, 'plugins', name);
  if (!gone) await mkdir(plugin, { recursive: true });
  const { work } = await createBuilds({ root: builds, env: {} }).foldersFor(language as 'rust', plugin);
  const own = path.dirname(work);
  await writeFile(path.join(work, 'program'), Buffer.alloc(bytes, 1));
  // As if another process had made it.
  await rm(path.join(own, 'users', `${process.pid}`));
  if (user !== '') await writeFile(path.join(own, 'users', user), '1');
  const then = new Date(Date.now() - days * DAY_MS);
  await utimes(path.join(own, 'owner.json'), then, then);
  return own;
}

describe('a sweep of builds', () => {
  it('removes those of plugins that are gone for long, and those nobody has used for longer', async () => {
    const gone = await build('gone', { days: 8, gone: true, language: 'go' });
    const justGone = await build('just-gone', { days: 6, gone: true });
    const idle = await build('idle', { days: 61 });
    const used = await build('used', { days: 59 });
    assert.equal(await sweep(), 2);
    assert.deepEqual([gone, justGone, idle, used].map(existsSync), [false, true, false, true]);
    assert.equal(await readFile(path.join(used, 'work/program'), 'latin1'), '\x01'.repeat(100));
    assert.deepEqual(await readdir(path.dirname(gone)), []);
  });

  it('keeps what a living process has asked for, however old and large', async () => {
    const { work } = await createBuilds({ root: builds, env: {} }).foldersFor('go', path.join(root, 'gone'));
    const own = path.dirname(work);
    await writeFile(path.join(work, 'program'), Buffer.alloc(100_000, 1));
    const longAgo = new Date(0);
    await utimes(path.join(own, 'owner.json'), longAgo, longAgo);
    assert.equal(await sweep({ maxBytes: 0 }), 0);
    assert.ok(existsSync(path.join(work, 'program')));
  });

  it('is not misled by the mark of a process that has ended', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    const dead = await build('dead', { days: 99, user: `${pid}` });
    const odd = await build('odd', { days: 99, user: 'no-number' });
    assert.equal(await sweep(), 2);
    assert.deepEqual([dead, odd].map(existsSync), [false, false]);
  });

  it('is not misled by another process of the same number', {
    skip: !existsSync('/proc/self/stat'),
  }, async () => {
    // It says that it began at another time than this one.
    const before = await build('before', { days: 99, user: `${process.pid}` });
    assert.equal(await sweep(), 1);
    assert.equal(existsSync(before), false);
  });

  it('holds to a size: those of plugins that are gone go first, then the ones unused for longest', async () => {
    const bytes = 1024 * 1024;
    const old = await build('old', { days: 30, bytes });
    const older = await build('older', { days: 40, bytes });
    const fresh = await build('fresh', { days: 1, bytes });
    const gone = await build('gone', { days: 2, gone: true, bytes });
    assert.equal(await sweep({ maxBytes: 2.5 * bytes }), 2);
    assert.deepEqual([old, older, fresh, gone].map(existsSync), [true, false, true, false]);
    assert.equal(await sweep({ maxBytes: 2.5 * bytes }), 0);
    assert.equal(await sweep({ maxBytes: 0 }), 2);
  });

  it('finishes what an earlier one left, and leaves alone what says nothing of itself', async () => {
    const own = await build('one', {});
    const left = path.join(path.dirname(own), '.swept-1');
    const unknown = path.join(path.dirname(own), 'unknown');
    for (const folder of [left, unknown]) await mkdir(path.join(folder, 'work'), { recursive: true });
    assert.equal(await sweep(), 0);
    assert.deepEqual([own, left, unknown].map(existsSync), [true, false, true]);
    const longAgo = new Date(Date.now() - 61 * DAY_MS);
    await utimes(unknown, longAgo, longAgo);
    assert.equal(await sweep(), 1);
    assert.equal(existsSync(unknown), false);
  });

  it('comes once in a while, does nothing without builds, and can be stopped', async () => {
    assert.equal(await sweep(), 0);
    assert.equal(existsSync(builds), false);
    const own = await build('idle', { days: 99 });
    const stopped = new AbortController();
    stopped.abort();
    assert.equal(await sweep({}, stopped.signal), 0);
    assert.equal(await sweep({ everyMs: DAY_MS }), 0);
    assert.ok(existsSync(own));
    const yesterday = new Date(Date.now() - DAY_MS - 1);
    await utimes(path.join(builds, 'swept'), yesterday, yesterday);
    assert.equal(await sweep({ everyMs: DAY_MS }), 1);
  });

  it('lets a plugin that is used again be built anew', async () => {
    await build('again', { days: 99 });
    await sweep();
    const plugin = path.join(root, 'plugins', 'again');
    const { work, made } = await createBuilds({ root: builds, env: {} }).foldersFor('rust', plugin);
    assert.deepEqual([await readdir(work), await readdir(made)], [[], []]);
  });
});
