import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import { findFiles } from '../../../src/cli/walk-files.ts';

let root: string;

before(async () => {
  root = await mkdtemp(join(tmpdir(), 'plugin-workbench-walk-'));
  for (const folder of ['a', 'b/deep', 'node_modules/x', '.git'])
    await mkdir(join(root, folder), { recursive: true });
  for (const file of [
    'a/plugin.json',
    'b/deep/plugin.json',
    'node_modules/x/plugin.json',
    '.git/plugin.json',
    'a/other.txt',
  ]) {
    await writeFile(join(root, file), '');
  }
  await symlink(root, join(root, 'b', 'loop'));
});
after(() => rm(root, { recursive: true }));

const isManifest = (path: string): boolean => basename(path) === 'plugin.json';

test('a folder is searched, without other people’s code and without following links', async () => {
  assert.deepEqual(await findFiles([root], isManifest), [
    join(root, 'a', 'plugin.json'),
    join(root, 'b', 'deep', 'plugin.json'),
  ]);
});

test('a file named on the command line is taken whatever it is called, and once', async () => {
  const file = join(root, 'a', 'other.txt');
  assert.deepEqual(await findFiles([file, file], isManifest), [file]);
});

test('a path that does not exist is an expected failure with a next step', async () => {
  await assert.rejects(findFiles([join(root, 'nowhere')], isManifest), { code: 'PW-CLI-PATH' });
});
