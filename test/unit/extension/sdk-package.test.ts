import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { writeSdkPackage } from '../../../src/extension/types/sdk-package.ts';

async function setUp(t: TestContext) {
  const root = await mkdtemp(join(tmpdir(), 'sdk-package-'));
  t.after(() => rm(root, { recursive: true, force: true }));
  const sdk = join(root, 'sdk');
  const plugin = join(root, 'plugin');
  await writePackage(sdk, '0.2.0', { 'index.d.ts': 'export {};\n' });
  await mkdir(plugin);
  return { sdk, plugin, target: join(plugin, 'node_modules', 'plugin-workbench') };
}

async function writePackage(
  dir: string,
  version: string,
  files: Record<string, string>,
  name = 'plugin-workbench',
) {
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, 'package.json'), JSON.stringify({ name, version }));
  for (const [file, content] of Object.entries(files)) await writeFile(join(dir, file), content);
}

test('writes the package, and a second time changes nothing', async t => {
  const { sdk, plugin, target } = await setUp(t);
  assert.equal(await writeSdkPackage(sdk, plugin), 'written');
  assert.equal(await readFile(join(target, 'index.d.ts'), 'utf8'), 'export {};\n');
  assert.equal(await writeSdkPackage(sdk, plugin), 'current');
  assert.deepEqual(await readdir(join(plugin, 'node_modules')), ['plugin-workbench']);
});

test('replaces an older copy, whole', async t => {
  const { sdk, plugin, target } = await setUp(t);
  await writePackage(target, '0.1.0', { 'index.d.ts': 'old' });
  assert.equal(await writeSdkPackage(sdk, plugin), 'written');
  assert.equal(await readFile(join(target, 'index.d.ts'), 'utf8'), 'export {};\n');
  assert.deepEqual(await readdir(join(plugin, 'node_modules')), ['plugin-workbench']);
});

test('leaves a newer copy, another package, and one with files of its own alone', async t => {
  const { sdk, plugin, target } = await setUp(t);
  for (const [version, files, name] of [
    ['0.3.0', { 'index.d.ts': 'newer' }, 'plugin-workbench'],
    ['0.1.0', { 'index.d.ts': 'other' }, 'something-else'],
    ['0.1.0', { 'index.d.ts': 'real', 'README.md': 'read me' }, 'plugin-workbench'],
  ] as const) {
    await rm(target, { recursive: true, force: true });
    await writePackage(target, version, files, name);
    assert.equal(await writeSdkPackage(sdk, plugin), 'foreign');
    assert.equal(await readFile(join(target, 'index.d.ts'), 'utf8'), files['index.d.ts']);
  }
});

test('never writes through a symbolic link', async t => {
  const { sdk, plugin, target } = await setUp(t);
  const elsewhere = join(plugin, '..', 'elsewhere');
  await mkdir(elsewhere);
  await symlink(elsewhere, join(plugin, 'node_modules'));
  assert.equal(await writeSdkPackage(sdk, plugin), 'foreign');
  await rm(join(plugin, 'node_modules'));
  await mkdir(join(plugin, 'node_modules'));
  await symlink(elsewhere, target);
  assert.equal(await writeSdkPackage(sdk, plugin), 'foreign');
  assert.deepEqual(await readdir(elsewhere), []);
});
