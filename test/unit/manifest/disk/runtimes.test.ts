import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { createRuntimeFinder, type RuntimeFinderOptions } from '../../../../src/manifest/disk/index.ts';
import { findProgram } from '../../../../src/manifest/disk/runtimes/find-program.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'plugin-workbench-runtimes-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const skip = process.platform === 'win32' && 'the programs of this test are shell scripts';
const at = (...parts: string[]): string => join(root, ...parts);

/** Makes a program out of lines of shell. */
function program(path: string, ...lines: string[]): void {
  mkdirSync(at(path, '..'), { recursive: true });
  writeFileSync(at(path), ['#!/bin/sh', ...lines].join('\n'));
  chmodSync(at(path), 0o755);
}
const finder = (folders: readonly string[], more: Partial<RuntimeFinderOptions> = {}, signal?: AbortSignal) =>
  createRuntimeFinder(
    { path: folders.join(delimiter), untrusted: () => [], platform: 'linux', timeLimitMs: 60_000, ...more },
    signal,
  );

describe('the runtimes on PATH', { skip }, () => {
  test('tell their versions, each in its own way', async () => {
    program('bin/node', 'echo v20.11.1');
    program('bin/python3', 'echo Python 3.11.2');
    program('bin/python', 'echo Python 2.7.18');
    program('bin/go', '[ "$1" = version ] && echo go version go1.21 linux/amd64');
    program('bin/rustc', "echo 'rustc 1.75.0 (82e1608df 2023-12-21)'");
    program('bin/java', 'echo \'openjdk version "17" 2021-09-14\' >&2');
    const runtimes = finder([at('bin')]);
    const names = ['node', 'python', 'go', 'rust', 'java', 'ruby'];
    assert.deepEqual(await runtimes.find([...names, 'unheard-of', '__proto__']), names);
    assert.deepEqual(runtimes.known(), {
      node: '20.11.1',
      python: '3.11.2',
      go: '1.21.0',
      rust: '1.75.0',
      java: '17.0.0',
      ruby: null,
    });
  });

  test('of two programs of a runtime the second counts where the first is missing', async () => {
    program('bin/python', 'echo Python 3.9.1 >&2');
    program('bin/cargo', 'echo cargo 1.70.0');
    program('bin/java', 'echo \'java version "1.8.0_292"\' >&2');
    const runtimes = finder([at('bin')]);
    await runtimes.find(['python', 'rust', 'java']);
    assert.deepEqual(runtimes.known(), { python: '3.9.1', rust: '1.70.0', java: '8.0.0' });
  });

  test('are asked once, all together, and again only when told to', async () => {
    program('bin/node', `echo run >> '${at('runs')}'`, 'echo v20.0.0');
    const runtimes = finder([at('bin')]);
    assert.deepEqual(await Promise.all([runtimes.find(['node', 'node']), runtimes.find(['node'])]), [
      ['node'],
      ['node'],
    ]);
    program('bin/node', 'echo v22.0.0');
    assert.deepEqual(await runtimes.find(['node']), [], 'what is known is no news');
    await runtimes.find(['node']);
    assert.deepEqual(runtimes.known(), { node: '20.0.0' });
    runtimes.forget();
    assert.deepEqual(runtimes.known(), { node: '20.0.0' }, 'what was known holds until the new answer');
    assert.deepEqual(await runtimes.find(['node']), ['node']);
    assert.deepEqual(runtimes.known(), { node: '22.0.0' });
    runtimes.forget();
    assert.deepEqual(await runtimes.find(['node']), [], 'the same answer is no news');
  });

  test('that fail, say nothing, talk without end or hang are not judged', async () => {
    program('bin/node', 'exit 3');
    program('bin/python3', 'echo hello');
    program('bin/go', 'while :; do echo 1.2.3; done');
    const runtimes = finder([at('bin')]);
    assert.deepEqual(await runtimes.find(['node', 'python', 'go']), []);
    program('bin/ruby', 'while :; do :; done');
    const hasty = finder([at('bin')], { timeLimitMs: 50 });
    assert.deepEqual(await hasty.find(['ruby']), []);
    assert.deepEqual([runtimes.known(), hasty.known()], [{}, {}]);
  });

  test('see nothing of the environment but PATH and HOME, and no input', async () => {
    program('bin/node', `cat > '${at('input')}'`, `env > '${at('env')}'`, 'echo v20.0.0');
    process.env['PLUGIN_WORKBENCH_TEST_SECRET'] = 'secret';
    try {
      // `cat` and `env` are needed.
      await finder([at('bin'), '/usr/bin', '/bin']).find(['node']);
    } finally {
      delete process.env['PLUGIN_WORKBENCH_TEST_SECRET'];
    }
    assert.equal(readFileSync(at('input'), 'utf8'), '');
    const names = readFileSync(at('env'), 'utf8').match(/^\w+(?==)/gmu) ?? [];
    const allowed = /^(?:PATH|HOME|PWD|SHLVL|_|OLDPWD|GOTOOLCHAIN|RUSTUP_\w+|DOTNET_\w+)$/u;
    assert.deepEqual(
      names.filter(name => !allowed.test(name)),
      [],
    );
  });
});

describe('a program that comes with a workspace', { skip }, () => {
  const guarded = () => {
    program('workspace/bin/node', `touch '${at('ran')}'`, 'echo v99.0.0');
    program('own/bin/node', 'echo v20.0.0');
    return { untrusted: () => [at('workspace')] };
  };
  const isRefused = async (path: readonly string[], options: Partial<RuntimeFinderOptions>) => {
    const runtimes = finder(path, options);
    await runtimes.find(['node']);
    assert.equal(existsSync(at('ran')), false, 'it was run');
    assert.deepEqual(runtimes.known(), {}, 'it is judged neither missing nor by another one');
  };

  test('is never run', async () => {
    await isRefused([at('workspace/bin'), at('own/bin')], guarded());
  });
  test('is never run through a link to it', async () => {
    const options = guarded();
    mkdirSync(at('links'));
    symlinkSync(at('workspace/bin/node'), at('links/node'));
    await isRefused([at('links')], options);
  });
  test('is never run through a linked folder, nor out of a workspace that is one', async () => {
    const options = guarded();
    symlinkSync(at('workspace/bin'), at('linked-bin'));
    await isRefused([at('linked-bin')], options);
    symlinkSync(at('workspace'), at('linked-workspace'));
    await isRefused([at('workspace/bin')], { untrusted: () => [at('linked-workspace')] });
  });
  test('is never run when it leads to a program elsewhere', async () => {
    const options = guarded();
    rmSync(at('workspace/bin/node'));
    program('elsewhere', `touch '${at('ran')}'`, 'echo v1.0.0');
    symlinkSync(at('elsewhere'), at('workspace/bin/node'));
    await isRefused([at('workspace/bin')], options);
  });
  test('is not found through a relative entry or an empty one', async () => {
    program('here/node', 'echo v1.0.0');
    const before = process.cwd();
    process.chdir(at('here'));
    try {
      const runtimes = finder(['.', '', '../here']);
      await runtimes.find(['node']);
      assert.deepEqual(runtimes.known(), { node: null });
    } finally {
      process.chdir(before);
    }
  });
});

test('what is still running ends with the signal', { skip }, async () => {
  program('bin/node', 'while :; do :; done');
  const ended = new AbortController();
  const runtimes = finder([at('bin')], {}, ended.signal);
  const found = runtimes.find(['node']);
  ended.abort();
  assert.deepEqual(await found, []);
});

test('the stand-ins of macOS are left alone', { skip }, async () => {
  const search = { path: '/usr/bin', untrusted: [] };
  assert.deepEqual(await findProgram('env', { ...search, platform: 'linux' }), { file: '/usr/bin/env' });
  assert.equal(await findProgram('env', { ...search, platform: 'darwin' }), 'refused');
});
