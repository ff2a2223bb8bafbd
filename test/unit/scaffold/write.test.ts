import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { diskFiles, planScaffold, previewChangeSet, writeChangeSet } from '../../../src/scaffold/index.ts';
import { templates } from './template-source.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'scaffold-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const plan = () => planScaffold({ name: 'mine', profile: 'guide', language: 'javascript' }, templates);

test('a second run changes nothing', async () => {
  const target = join(dir, 'deep', 'mine');
  const changes = await plan();
  const preview = await previewChangeSet(target, changes, diskFiles);
  assert.ok(preview.every(change => change.kind === 'create'));
  assert.deepEqual(await readdir(dir), [], 'a preview writes nothing');
  await writeChangeSet(target, changes, diskFiles);
  assert.deepEqual((await readdir(target)).sort(), [...changes.keys()].sort());
  assert.equal(await readFile(join(target, 'index.js'), 'utf8'), changes.get('index.js'));
  const again = await writeChangeSet(target, changes, diskFiles);
  assert.ok(again.every(change => change.kind === 'unchanged'));
});

test('where another file stands, nothing is written', async () => {
  await writeFile(join(dir, 'index.js'), 'precious');
  await assert.rejects(writeChangeSet(dir, await plan(), diskFiles), {
    code: 'PW-SCAFFOLD-CONFLICT',
    details: { files: ['index.js'] },
  });
  assert.deepEqual(await readdir(dir), ['index.js']);
  assert.equal(await readFile(join(dir, 'index.js'), 'utf8'), 'precious');
});

test('a dangling link is not written through', async () => {
  await mkdir(join(dir, 'plugin'));
  await symlink(join(dir, 'outside.js'), join(dir, 'plugin', 'index.js'));
  await assert.rejects(writeChangeSet(join(dir, 'plugin'), await plan(), diskFiles));
  assert.ok(!(await readdir(dir)).includes('outside.js'));
});
