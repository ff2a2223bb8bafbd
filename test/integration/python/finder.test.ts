import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { createPythonFinder } from '../../../src/host/runtimes/python.ts';
import { findPythons } from './pythons.ts';

const [python = { path: '', minor: 0, skip: 'no Python' as const }] = findPythons();

describe('finding the Python of a plugin', { skip: python.skip }, () => {
  let dir = '';
  let plugin = '';
  let real = '';
  before(async () => {
    dir = await realpath(await mkdtemp(path.join(tmpdir(), 'python-finder-')));
    real = await realpath(python.path);
  });
  beforeEach(async () => {
    plugin = path.join(dir, 'plugin');
    await rm(plugin, { recursive: true, force: true });
    await mkdir(plugin, { recursive: true });
  });
  after(() => rm(dir, { recursive: true }));

  const env = (...folders: readonly string[]) => ({
    ...process.env,
    PATH: [...folders, path.dirname(python.path)].join(':'),
  });
  const find = (options: Parameters<typeof createPythonFinder>[0], range?: string) =>
    createPythonFinder(options).find(plugin, range);

  /** A program that leaves a mark when it is run. */
  async function trap(folder: string, name: string): Promise<string> {
    await mkdir(folder, { recursive: true });
    const file = path.join(folder, name);
    await writeFile(file, `#!/bin/sh\ntouch ${dir}/sprung\n`);
    await chmod(file, 0o755);
    return file;
  }
  const sprung = () => realpath(path.join(dir, 'sprung')).then(Boolean, () => false);

  async function venv(settings: readonly string[]): Promise<void> {
    const packages = path.join(plugin, '.venv', 'lib', `python3.${python.minor}`, 'site-packages');
    await mkdir(packages, { recursive: true });
    await writeFile(path.join(plugin, '.venv', 'pyvenv.cfg'), `${settings.join('\n')}\n`);
    await trap(path.join(plugin, '.venv', 'bin'), 'python3');
  }

  test('the first on PATH, by its real path, with what it needs to run', async () => {
    const found = await find({ env: env() });
    assert.equal(found.execPath, real);
    assert.match(found.version, new RegExp(`^3\\.${python.minor}\\.\\d+`));
    assert.match(found.description, /^python 3\.\d+\.\d+ \(PATH: /);
    assert.deepEqual([found.packages, found.hasEnvironment], [undefined, false]);
    assert.ok(found.runtimePaths.includes(real));
    assert.ok(
      found.runtimePaths.some(file => file.endsWith(`/python3.${python.minor}`)),
      'its library',
    );
    assert.ok(
      found.runtimePaths.some(file => /\/libc\b/.test(file)),
      'the C library',
    );
    assert.ok(
      found.runtimePaths.some(file => /\/ld-[^/]+$/.test(file)),
      'the loader',
    );
  });

  test('a shim that stands for it is resolved', async () => {
    const shims = path.join(dir, 'shims');
    await mkdir(shims, { recursive: true });
    const shim = path.join(shims, 'python3');
    await writeFile(shim, `#!/bin/sh\nexec ${python.path} "$@"\n`);
    await chmod(shim, 0o755);
    const found = await find({ env: env(shims) });
    assert.equal(found.execPath, real);
    assert.ok(found.description.includes(`${shim} → ${real}`));
  });

  test('nothing in the plugin’s folder is ever run', async () => {
    const file = await trap(path.join(plugin, 'bin'), 'python3');
    assert.equal((await find({ env: env(path.dirname(file)) })).execPath, real);
    await assert.rejects(find({ env: env(), pythonPath: file }), { code: 'PW-RUNTIME-IN-WORKSPACE' });
    const outside = path.join(dir, 'outside');
    await mkdir(outside, { recursive: true });
    await rm(path.join(outside, 'python3'), { force: true });
    await symlink(file, path.join(outside, 'python3'));
    assert.equal((await find({ env: env(outside) })).execPath, real);
    assert.equal(await sprung(), false);
  });

  test('a virtual environment names its interpreter and brings its packages; its own programs are not run', async () => {
    await venv([`home = ${path.dirname(real)}`, `executable = ${real}`, `version = 3.${python.minor}.0`]);
    const found = await find({ env: env() });
    assert.equal(found.execPath, real);
    assert.match(found.description, /\(virtual environment: /);
    const packages = path.join(plugin, '.venv', 'lib', `python3.${python.minor}`, 'site-packages');
    assert.deepEqual([found.packages, found.hasEnvironment], [packages, true]);
    assert.equal(await sprung(), false);
  });

  test('a virtual environment can’t have just any program run', async () => {
    const inside = await trap(path.join(plugin, 'tools'), 'python3');
    await venv([`executable = ${inside}`]);
    await assert.rejects(find({ env: env() }), { code: 'PW-RUNTIME-IN-WORKSPACE' });
    // A program elsewhere, where no programs are installed, and one that is no Python by its name.
    const elsewhere = await trap(path.join(dir, 'elsewhere'), 'python3');
    await venv([`executable = ${elsewhere}`]);
    assert.equal((await find({ env: env() })).execPath, real);
    await venv([`executable = /usr/bin/env`, 'home = relative/bin']);
    assert.equal((await find({ env: env() })).execPath, real);
    assert.equal(await sprung(), false);
  });

  test('the range of the manifest and the oldest version are held', async () => {
    assert.equal((await find({ env: env() }, '>=3.9')).execPath, real);
    await assert.rejects(find({ env: env() }, '<3.9'), { code: 'PW-RUNTIME-VERSION' });
    assert.equal((await find({ env: env() }, 'no range')).execPath, real);
  });

  test('what is not there, and what is no Python, is told', async () => {
    await assert.rejects(find({ env: { PATH: dir } }), { code: 'PW-RUNTIME-MISSING' });
    await assert.rejects(find({ env: env(), pythonPath: path.join(dir, 'nowhere') }), {
      code: 'PW-RUNTIME-MISSING',
    });
    const liar = path.join(dir, 'liar');
    await writeFile(liar, '#!/bin/sh\necho hello\n');
    await chmod(liar, 0o755);
    await assert.rejects(find({ env: env(), pythonPath: liar }), { code: 'PW-RUNTIME-MISSING' });
  });
});
