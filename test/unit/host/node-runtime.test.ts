import assert from 'node:assert/strict';
import { chmod, copyFile, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { createNodeFinder } from '../../../src/host/runtimes/node.ts';

const { execPath } = process;
let dir: string;
let plugin: string;
beforeEach(async () => {
  dir = await realpath(await mkdtemp(path.join(tmpdir(), 'node-finder-test-')));
  plugin = path.join(dir, 'plugin');
  await mkdir(path.join(plugin, 'bin'), { recursive: true });
  await mkdir(path.join(dir, 'bin'));
});
afterEach(() => rm(dir, { recursive: true }));

/** A shell script in place of `node`, as version managers have it; notes each run. */
async function shim(file: string, target = execPath): Promise<void> {
  await writeFile(file, `#!/bin/sh\necho run >> ${dir}/runs\nexec ${target} "$@"\n`);
  await chmod(file, 0o755);
}

const finder = (PATH: string, nodePath?: string, fallback = execPath) =>
  createNodeFinder({ nodePath, env: { PATH, HOME: dir }, execPath: fallback });

test('a version manager’s shim is resolved to the real binary, with the files it needs', async () => {
  await shim(path.join(dir, 'bin', 'node'));
  const found = await finder(`relative/bin:${dir}/bin`).find(plugin, undefined);
  assert.equal(found.path, await realpath(execPath));
  assert.equal(found.version, process.versions.node);
  assert.deepEqual(found.env, {});
  assert.ok(found.runtimePaths.includes(found.path));
  assert.ok(found.runtimePaths.some(file => /libc\.so|ld-musl/.test(file)));
  assert.ok(found.runtimePaths.every(file => path.isAbsolute(file)));
  assert.match(found.description, /^node \d+\.\d+\.\d+ \(PATH: .*\/bin\/node → /);
});

test('a binary is asked once, until it changes', async () => {
  const { readFile } = await import('node:fs/promises');
  const file = path.join(dir, 'bin', 'node');
  await shim(file);
  const nodes = finder(`${dir}/bin`);
  await Promise.all([nodes.find(plugin, undefined), nodes.find(plugin, '*')]);
  await nodes.find(plugin, undefined);
  const runs = async (): Promise<number> =>
    (await readFile(path.join(dir, 'runs'), 'utf8')).trim().split('\n').length;
  assert.equal(await runs(), 1);
  await writeFile(file, `#!/bin/sh\n# changed\necho run >> ${dir}/runs\nexec ${execPath} "$@"\n`);
  await nodes.find(plugin, undefined);
  assert.equal(await runs(), 2);
});

test('nothing in the plugin’s folder is ever run', async () => {
  const planted = path.join(plugin, 'bin', 'node');
  await shim(planted);
  await symlink(planted, path.join(dir, 'bin', 'node'));
  const found = await finder(`${plugin}/bin:${dir}/bin`).find(plugin, undefined);
  assert.match(found.description, /own runtime/);
  await assert.rejects(finder('', planted).find(plugin, undefined), { code: 'PW-RUNTIME-IN-WORKSPACE' });
  await assert.rejects(finder('', path.join(dir, 'bin', 'node')).find(plugin, undefined), {
    code: 'PW-RUNTIME-IN-WORKSPACE',
  });
  const { existsSync } = await import('node:fs');
  assert.equal(existsSync(path.join(dir, 'runs')), false);
});

test('a shim that leads into the plugin’s folder is not used', async () => {
  const copy = path.join(plugin, 'bin', 'node');
  await copyFile(execPath, copy);
  await chmod(copy, 0o755);
  await shim(path.join(dir, 'bin', 'node'), copy);
  await assert.rejects(finder(`${dir}/bin`).find(plugin, undefined), { code: 'PW-RUNTIME-IN-WORKSPACE' });
});

test('the user’s choice comes first, and is an error when it is no Node.js', async () => {
  const found = await finder('/nowhere', execPath).find(plugin, undefined);
  assert.match(found.description, /\(setting: /);
  for (const choice of ['/nowhere/node', 'no-such-command', dir]) {
    await assert.rejects(finder(`${dir}/bin`, choice).find(plugin, undefined), {
      code: 'PW-RUNTIME-MISSING',
    });
  }
  await assert.rejects(finder('', '/bin/true').find(plugin, undefined), { code: 'PW-RUNTIME-MISSING' });
});

test('the manifest’s range is held; a range nobody can read holds nobody up', async () => {
  const nodes = finder('', execPath);
  assert.ok(await nodes.find(plugin, '>=20'));
  assert.ok(await nodes.find(plugin, 'whatever'));
  await assert.rejects(nodes.find(plugin, '>=99'), { code: 'PW-RUNTIME-VERSION', message: />=99/ });
});

test('a runtime that is too old is refused, whatever the manifest says', async () => {
  const old = path.join(dir, 'bin', 'node');
  const answer = {
    execPath: old,
    version: '18.0.0',
    electron: false,
    sharedObjects: [],
    builtins: [],
    external: [],
    icuDataDir: '',
  };
  await writeFile(old, `#!/bin/sh\necho '${JSON.stringify(answer)}'\n`);
  await chmod(old, 0o755);
  await assert.rejects(finder(`${dir}/bin`).find(plugin, '*'), {
    code: 'PW-RUNTIME-VERSION',
    message: /18\.0\.0/,
  });
});

test('an editor’s own runtime is told to be Node.js, and brings its folder', async () => {
  const editor = path.join(dir, 'bin', 'code');
  const answer = {
    execPath: editor,
    version: '22.20.0',
    electron: true,
    sharedObjects: ['linux-vdso.so.1'],
    builtins: [],
    external: [],
    icuDataDir: '',
  };
  await writeFile(editor, `#!/bin/sh\n[ "$ELECTRON_RUN_AS_NODE" = 1 ] && echo '${JSON.stringify(answer)}'\n`);
  await chmod(editor, 0o755);
  const found = await finder('', undefined, editor).find(plugin, undefined);
  assert.deepEqual(found.env, { ELECTRON_RUN_AS_NODE: '1' });
  assert.deepEqual(found.runtimePaths, [editor, path.join(dir, 'bin')]);
});
