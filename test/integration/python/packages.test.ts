import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Json } from '../../../src/protocol/plugin/index.ts';
import { buildShipped, createWorld, event, type Shipped, type World } from '../host/world.ts';
import { findPythons } from './pythons.ts';

const [python = { path: '', minor: 0, skip: 'no Python' as const }] = findPythons();

/** Makes a wheel of one module: python -c … FILE NAME CODE. */
const makeWheel = `
import sys, zipfile
file, name, code = sys.argv[1:]
info = name + "-1.0.dist-info/"
with zipfile.ZipFile(file, "w") as wheel:
    wheel.writestr(name + ".py", code)
    wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: " + name + "\\nVersion: 1.0\\n")
    wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr(info + "RECORD", "")
`;

const manifest = (id: string) => ({
  id,
  name: id,
  version: '1.0.0',
  runtime: 'python',
  entrypoint: 'main.py',
  capabilities: [],
  coordination: { exposesMethods: ['found', 'look'], consumesMethods: [] },
});

const code = `
import os, sys, sysconfig
def activate(context): pass
def found():
    import found
    return [found.WHERE, found.__file__]
def look():
    stdlib = sysconfig.get_path("stdlib")
    def can_import(name):
        try:
            __import__(name)
            return True
        except ImportError:
            return False
    site = [os.path.join(stdlib, one) for one in ("site-packages", "dist-packages")]
    return [can_import("pip"), sum(len(os.listdir(one)) for one in site if os.path.exists(one)), os.path.exists("/root"), "/workbench" in str(sys.path)]
`;

describe('packages of a plugin in Python', { skip: python.skip }, () => {
  let shipped: Shipped;
  let world: World;
  let wheels = '';
  const outside = { links: process.env['PIP_FIND_LINKS'], index: process.env['PIP_NO_INDEX'] };
  before(async () => {
    wheels = await realpath(await mkdtemp(path.join(tmpdir(), 'python-wheels-')));
    const wheel = path.join(wheels, 'found-1.0-py3-none-any.whl');
    execFileSync(python.path, ['-I', '-c', makeWheel, wheel, 'found', 'WHERE = "a wheel"\n']);
    // Installing asks nobody outside.
    process.env['PIP_FIND_LINKS'] = wheels;
    process.env['PIP_NO_INDEX'] = '1';
    shipped = await buildShipped();
    world = await createWorld(shipped, {
      cacheDir: path.join(wheels, 'cache'),
      runtimePaths: { python: python.path },
    });
  });
  after(async () => {
    await world.dispose();
    await shipped.dispose();
    await rm(wheels, { recursive: true });
    restore('PIP_FIND_LINKS', outside.links);
    restore('PIP_NO_INDEX', outside.index);
  });

  const call = (pluginId: string, method: string): Promise<Json> =>
    world.host.invoke({ pluginId, method, args: null });

  test('the user’s own packages are not there', async () => {
    const dir = await world.plugin('bare', { 'plugin.json': manifest('bare'), 'main.py': code });
    await world.host.start({ dir, watch: false });
    assert.deepEqual(await call('bare', 'look'), [false, 0, python.path.startsWith('/root/'), false]);
    await assert.rejects(call('bare', 'found'), /No module named 'found'/);
  });

  test('those of a virtual environment are', async () => {
    const packages = `.venv/lib/python3.${python.minor}/site-packages`;
    const dir = await world.plugin('venv', {
      'plugin.json': manifest('venv'),
      'main.py': code,
      '.venv/pyvenv.cfg': `home = ${path.dirname(await realpath(python.path))}\n`,
      [`${packages}/found.py`]: 'WHERE = "the environment"\n',
      'requirements.txt': 'not-installed-for-it-has-an-environment\n',
    });
    await world.host.start({ dir, watch: false });
    assert.deepEqual(await call('venv', 'found'), ['the environment', path.join(dir, packages, 'found.py')]);
  });

  test('those of requirements.txt are installed once, and again when it changes', async () => {
    const dir = await world.plugin('required', {
      'plugin.json': manifest('required'),
      'main.py': code,
      'requirements.txt': 'found==1.0\n',
    });
    await world.host.start({ dir, watch: false });
    const [where, file] = (await call('required', 'found')) as [string, string];
    assert.equal(where, 'a wheel');
    assert.ok(file.startsWith(path.join(wheels, 'cache')));
    const installs = () =>
      world.events.filter(
        one => one.type === 'log' && one.pluginId === 'required' && /^Installing .*…$/.test(one.message),
      ).length;
    assert.equal(installs(), 1);
    await world.host.reload('required');
    assert.equal(installs(), 1);

    await writeFile(path.join(dir, 'requirements.txt'), 'found==1.0\nnowhere-to-be-found>=2\n');
    const { problem, state } = await world.host.reload('required');
    assert.equal(state, 'running', 'the old code serves on');
    assert.equal(problem?.code, 'PW-BUILD-FAILED');
    assert.match(problem?.message ?? '', /nowhere-to-be-found/);
    assert.deepEqual(problem?.location, {
      file: path.join(dir, 'requirements.txt'),
      line: 2,
      column: 1,
    });
    assert.equal(((await call('required', 'found')) as string[])[0], 'a wheel');
  });

  test('what would run code of its own to be installed is refused', async () => {
    const sprung = path.join(wheels, 'sprung');
    const setup = `open(${JSON.stringify(sprung)}, "w")\n`;
    const dir = await world.plugin('source', {
      'plugin.json': manifest('source'),
      'main.py': code,
      'setup.py': setup,
      'requirements.txt': '-e .\n',
    });
    await assert.rejects(world.host.start({ dir, watch: false }), { code: 'PW-REQUIREMENTS' });
    const sources = path.join(wheels, 'sourced-1.0');
    await mkdir(sources);
    await writeFile(path.join(sources, 'setup.py'), setup);
    execFileSync('tar', ['-czf', path.join(wheels, 'sourced-1.0.tar.gz'), '-C', wheels, 'sourced-1.0']);
    await writeFile(path.join(dir, 'requirements.txt'), 'sourced\n');
    await assert.rejects(world.host.start({ dir, watch: false }), { code: 'PW-BUILD-FAILED' });
    await assert.rejects(realpath(sprung));
    await world.seen(event('log', one => one.pluginId === 'source' && /sourced/.test(one.message)));
  });
});

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
