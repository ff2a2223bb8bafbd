import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { isWithin, resolveGrants } from '../../../src/host/process/grants.ts';
import type { Capability } from '../../../src/manifest/index.ts';

let root: string;
let plugin: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'grants-test-')));
  plugin = path.join(root, 'plugin');
  await mkdir(path.join(plugin, 'data'), { recursive: true });
  await mkdir(path.join(root, 'shared'));
  await writeFile(path.join(root, 'shared', 'file.txt'), '');
  await writeFile(path.join(plugin, 'settings.json'), '');
});
afterEach(() => rm(root, { recursive: true }));

const may = (action: string, resource: string): Capability => ({
  scope: 'filesystem',
  action,
  resource,
  restrictions: {},
  at: [],
});
const grant = (...capabilities: readonly Capability[]) => resolveGrants(capabilities, plugin);

test('a folder and a file inside the plugin can be granted for writing', async () => {
  const grants = await grant(may('write', './data/**'), may('write', 'settings.json'));
  assert.deepEqual(grants.readWrite, [path.join(plugin, 'data'), path.join(plugin, 'settings.json')]);
  assert.deepEqual(grants.notes, []);
});

test('a missing folder is made inside the plugin only', async () => {
  const outside = path.join(root, 'new');
  const grants = await grant(may('write', './logs/deep/**'), may('write', `${outside}/**`));
  assert.deepEqual(grants.readWrite, [path.join(plugin, 'logs', 'deep')]);
  assert.equal(existsSync(outside), false);
  assert.equal(grants.notes.length, 1);
});

test('what lies in the plugin’s folder is readable already; an absolute path is opened as written', async () => {
  const grants = await grant(
    may('read', './data/**'),
    may('read', `${root}/shared/**`),
    may('read', `${root}/shared/file.txt`),
  );
  assert.deepEqual(grants.readOnly, [path.join(root, 'shared')]);
});

for (const pattern of [
  './data/*',
  './data/*.json',
  './**/*.json',
  './data',
  '~/secrets/**',
  '$HOME/**',
  '../elsewhere/**',
  './../elsewhere/file.txt',
  '/**',
  './{a,b}/**',
  './missing.txt',
  'data\0/**',
]) {
  test(`read ${JSON.stringify(pattern)} opens nothing and says so`, async () => {
    const grants = await grant(may('read', pattern));
    assert.deepEqual([...grants.readOnly, ...grants.readWrite], []);
    assert.equal(grants.notes.length, 1);
    const isNothing = pattern.includes('../') || pattern.includes('\0');
    assert.match(grants.notes[0] ?? '', isNothing ? /grants nothing/ : /served by the broker only/);
  });
}

for (const pattern of ['./**', '.', '../**', '**']) {
  test(`write "${pattern}" does not make the plugin’s own code writable`, async () => {
    assert.deepEqual((await grant(may('write', pattern))).readWrite, []);
  });
}

test('a write grant for a folder that holds the plugin does not open its code', async () => {
  assert.deepEqual((await grant(may('write', `${root}/**`))).readWrite, []);
});

test('a link that leads out is not followed, not even on the way to a new folder', async () => {
  await symlink(path.join(root, 'shared'), path.join(plugin, 'link'));
  await symlink(path.join(root, 'shared', 'file.txt'), path.join(plugin, 'link.txt'));
  const grants = await grant(
    may('write', './link/**'),
    may('write', './link/made/**'),
    may('write', './link.txt'),
    may('read', './link/**'),
  );
  assert.deepEqual([...grants.readOnly, ...grants.readWrite], []);
  assert.equal(existsSync(path.join(root, 'shared', 'made')), false);
});

test('a link that stays inside is resolved; a link back to the plugin itself is refused', async () => {
  await symlink('data', path.join(plugin, 'alias'));
  await symlink('.', path.join(plugin, 'self'));
  const grants = await grant(may('write', './alias/**'), may('write', './self/**'));
  assert.deepEqual(grants.readWrite, [path.join(plugin, 'data')]);
});

test('an absolute path that is a link is not opened', async () => {
  await symlink(path.join(root, 'shared'), path.join(root, 'elsewhere'));
  assert.deepEqual((await grant(may('read', `${root}/elsewhere/**`))).readOnly, []);
});

test('a grant within a writable folder is part of it', async () => {
  await mkdir(path.join(plugin, 'data', 'sub'));
  const grants = await grant(
    may('write', './data/**'),
    may('write', './data/sub/**'),
    may('read', './data/sub/**'),
  );
  assert.deepEqual([grants.readWrite, grants.readOnly], [[path.join(plugin, 'data')], []]);
});

test('other scopes open no files', async () => {
  const grants = await grant({ ...may('read', `${root}/shared/**`), scope: 'network' });
  assert.deepEqual([...grants.readOnly, ...grants.readWrite, ...grants.notes], []);
});

test('being within is judged by path parts', () => {
  assert.equal(isWithin('/a/b', '/a/b/c'), true);
  assert.equal(isWithin('/a/b', '/a/b'), true);
  assert.equal(isWithin('/a/b', '/a/bc'), false);
  assert.equal(isWithin('/a/b', '/a/b/..c'), true);
  assert.equal(isWithin('/a/b', '/a'), false);
});
