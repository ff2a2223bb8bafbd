import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { findManifests, type ManifestSearch } from '../../../../src/manifest/disk/index.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'plugin-workbench-find-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), '{}');
  }
}
async function found(search?: ManifestSearch, signal?: AbortSignal): Promise<string[]> {
  const files: string[] = [];
  for await (const file of findManifests(root, search, signal)) files.push(relative(root, file));
  return files;
}

test('manifests are found in the order of the alphabet, those of dependencies and builds left out', async () => {
  write('b/plugin.json', 'a/plugin.yaml', 'a/deep/plugin.yml', 'plugin.json', 'a/other.json');
  write('node_modules/x/plugin.json', 'a/dist/plugin.json', '.git/plugin.json');
  assert.deepEqual(await found(), [
    'plugin.json',
    join('a', 'plugin.yaml'),
    join('a', 'deep', 'plugin.yml'),
    join('b', 'plugin.json'),
  ]);
});

test('linked folders are not entered, so circles end', async () => {
  write('a/plugin.json');
  symlinkSync(root, join(root, 'a', 'circle'));
  symlinkSync(join(root, 'a'), join(root, 'b'));
  assert.deepEqual(await found(), [join('a', 'plugin.json')]);
});

test('a linked manifest is found where it stays in its folder or leads in a circle, not where it leads out', async () => {
  write('inside/own.json', 'outside.json');
  mkdirSync(join(root, 'out'));
  mkdirSync(join(root, 'circle'));
  symlinkSync('own.json', join(root, 'inside', 'plugin.json'));
  symlinkSync('../outside.json', join(root, 'out', 'plugin.json'));
  symlinkSync('plugin.json', join(root, 'circle', 'plugin.json'));
  assert.deepEqual(await found(), [join('circle', 'plugin.json'), join('inside', 'plugin.json')]);
});

test('a folder called like a manifest is one to complain about, and is not entered', async () => {
  write('a/plugin.json/plugin.json');
  assert.deepEqual(await found(), [join('a', 'plugin.json')]);
});

test('the search ends at its bound, when told to, and where there is nothing', async () => {
  write('a/plugin.json', 'b/plugin.json');
  assert.deepEqual(await found({ maxFolders: 2 }), [join('a', 'plugin.json')]);
  assert.deepEqual(await found({}, AbortSignal.abort()), []);
  const nowhere: string[] = [];
  for await (const file of findManifests(join(root, 'nowhere'))) nowhere.push(file);
  assert.deepEqual(nowhere, []);
});

test('a folder that can’t be listed is told, and the search goes on', async () => {
  write('a/plugin.json');
  const told: [string, string][] = [];
  for await (const _ of findManifests(join(root, 'a', 'plugin.json'), {
    onUnreadable: (folder, code) => void told.push([relative(root, folder), code]),
  }));
  assert.deepEqual(told, [[join('a', 'plugin.json'), 'ENOTDIR']]);
});
