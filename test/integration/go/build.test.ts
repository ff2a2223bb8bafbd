import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { WorkbenchError } from '../../../src/base/index.ts';
import { createBuilds } from '../../../src/host/builds/index.ts';
import { readPluginSource } from '../../../src/host/plugin/plugin-source.ts';
import { effectiveLimits } from '../../../src/host/process/limits.ts';
import { createGoFinder } from '../../../src/host/runtimes/go.ts';
import { createGoRuntime } from '../../../src/host/runtimes/go-runtime.ts';
import type { PreparedRuntime, RuntimeProvider } from '../../../src/host/runtimes/port.ts';
import { type ModuleProxy, serveModule } from './module-proxy.ts';
import { goIsMissing } from './toolchain.ts';

const sdkRoot = path.resolve(import.meta.dirname, '../../../src/sdk');

/** `println` alone: nothing of the standard library but the runtime has to be compiled. */
const main = (line: string, imports = '') =>
  `package main\n\n${imports}\nfunc main() {\n\tprintln(${line})\n}\n`;

describe('building a plugin in Go', { skip: goIsMissing }, () => {
  let root: string;
  let proxy: ModuleProxy;
  let provider: RuntimeProvider;
  let lines: string[];

  before(async () => {
    // Not in /tmp, of which the sandbox has its own.
    root = mkdtempSync(path.join(realpathSync('/var/tmp'), 'go-build-'));
    proxy = await serveModule('example.test/greeting', 'v1.2.3', {
      'go.mod': 'module example.test/greeting\n\ngo 1.21\n',
      'greeting.go': 'package greeting\n\nconst Text = "hello from afar"\n',
    });
    lines = [];
    const builds = createBuilds({
      root: path.join(root, 'cache'),
      env: { GOPROXY: proxy.url, GOSUMDB: 'off' },
    });
    const finder = createGoFinder({ env: process.env });
    provider = createGoRuntime({ finder, builds, shipped: { childScript: '', sdkRoot } });
  });

  after(async () => {
    await proxy.dispose();
    // The module cache is read-only.
    execFileSync('chmod', ['-R', 'u+w', root]);
    rmSync(root, { recursive: true, force: true });
  });

  function plugin(name: string, files: Readonly<Record<string, string>>): string {
    const dir = path.join(root, name);
    const manifest = {
      id: name,
      version: '1.0.0',
      runtime: 'go',
      entrypoint: 'main.go',
      capabilities: [],
      coordination: { exposesMethods: [] },
    };
    for (const [file, text] of Object.entries({ 'plugin.json': JSON.stringify(manifest), ...files })) {
      mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
      writeFileSync(path.join(dir, file), text);
    }
    return dir;
  }

  async function prepare(dir: string, signal = new AbortController().signal): Promise<PreparedRuntime> {
    const source = await readPluginSource(dir);
    const limits = effectiveLimits(source.manifest);
    lines = [];
    const onLog = (_: unknown, __: unknown, message: string): void => void lines.push(message);
    return provider.prepare({ source, limits, confined: true, mounts: true, onLog }, signal);
  }

  const run = ({ command: [program = ''] }: PreparedRuntime): string =>
    // println writes to stderr.
    execFileSync('/bin/sh', ['-c', '"$1" 2>&1', 'sh', program], { encoding: 'utf8' });

  it('makes a static program, without a word in the plugin’s folder', async () => {
    const dir = plugin('plain', { 'main.go': main('"plain"') });
    const runtime = await prepare(dir);
    assert.equal(run(runtime), 'plain\n');
    assert.match(runtime.description, /^go \d+\.\d+/);
    assert.deepEqual(runtime.runtimePaths, runtime.command);
    assert.doesNotMatch(execFileSync('ls', ['-A', dir], { encoding: 'utf8' }), /go\.(mod|sum|work)/);
  });

  it('builds again only what has changed, and leaves the program that runs alone', async () => {
    const dir = plugin('change', { 'main.go': main('"one"') });
    const first = await prepare(dir);
    const program = first.command[0] ?? '';
    const { ino, mtimeMs } = statSync(program);
    await prepare(dir);
    assert.deepEqual(lines, []);
    assert.equal(statSync(program).mtimeMs, mtimeMs);
    writeFileSync(path.join(dir, 'main.go'), main('"two"'));
    assert.equal(run(await prepare(dir)), 'two\n');
    assert.notEqual(statSync(program).ino, ino);
  });

  it('keeps the result from before when the new code is broken, and tells every mistake', async () => {
    const dir = plugin('broken', { 'main.go': main('"good"') });
    const good = await prepare(dir);
    writeFileSync(path.join(dir, 'main.go'), main('one, two'));
    await assert.rejects(prepare(dir), (error: unknown) => {
      assert.ok(error instanceof WorkbenchError);
      assert.equal(error.code, 'PW-BUILD-FAILED');
      const place = (column: number) => ({ file: path.join(dir, 'main.go'), line: 5, column });
      assert.deepEqual(error.details?.['location'], place(10));
      assert.deepEqual(error.details?.['problems'], [
        { message: 'undefined: one', location: place(10) },
        { message: 'undefined: two', location: place(15) },
      ]);
      return true;
    });
    assert.equal(run(good), 'good\n');
  });

  it('fetches what go.mod requires once, and leaves go.mod alone', async () => {
    const module = 'module example.test/p\n\ngo 1.21\n\nrequire example.test/greeting v1.2.3\n';
    const dir = plugin('fetching', {
      'go.mod': module,
      'go.sum': proxy.sums,
      'main.go': main('greeting.Text', 'import "example.test/greeting"\n'),
    });
    assert.equal(run(await prepare(dir)), 'hello from afar\n');
    assert.ok(proxy.asked.includes('/example.test/greeting/@v/v1.2.3.zip'));
    assert.equal(readFileSync(path.join(dir, 'go.mod'), 'utf8'), module);
    const asked = proxy.asked.length;
    writeFileSync(path.join(dir, 'main.go'), main('greeting.Text + "!"', 'import "example.test/greeting"\n'));
    assert.equal(run(await prepare(dir)), 'hello from afar!\n');
    assert.equal(proxy.asked.length, asked);
  });

  it('tells a module that can’t be had', async () => {
    const dir = plugin('nowhere', {
      'go.mod': 'module example.test/p\n\ngo 1.21\n\nrequire example.test/nowhere v1.0.0\n',
      'go.sum':
        'example.test/nowhere v1.0.0 h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nexample.test/nowhere v1.0.0/go.mod h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
      'main.go': main('nowhere.Text', 'import "example.test/nowhere"\n'),
    });
    await assert.rejects(prepare(dir), { code: 'PW-BUILD-FAILED', message: /404|not found/i });
  });

  it('runs nothing of the plugin while it is built', async () => {
    const marker = path.join(root, 'ran');
    const dir = plugin('tricky', {
      'go.mod': 'module example.test/p\n\ngo 1.21\n',
      'main.go': `package main\n\n//go:generate /usr/bin/touch ${marker}\n\nfunc main() { println("made") }\n`,
      'cgo.go': `package main\n\n// #cgo LDFLAGS: -Wl,-o,${marker}\nimport "C"\n`,
      'vendor/modules.txt': '',
    });
    assert.equal(run(await prepare(dir)), 'made\n');
    assert.equal(statSync(marker, { throwIfNoEntry: false }), undefined);
  });

  it('takes no file from outside into a program', async () => {
    const secret = path.join(root, 'secret.txt');
    writeFileSync(secret, 'secret');
    const dir = plugin('embedding', {
      'main.go':
        'package main\n\nimport _ "embed"\n\n//go:embed secret.txt\nvar text string\n\nfunc main() { println(text) }\n',
    });
    symlinkSync(secret, path.join(dir, 'secret.txt'));
    await assert.rejects(prepare(dir), { code: 'PW-BUILD-FAILED', message: /secret\.txt/ });
  });

  it('says that a library is no plugin', async () => {
    const dir = plugin('library', { 'main.go': 'package library\n' });
    await assert.rejects(prepare(dir), { code: 'PW-BUILD-FAILED', message: /package main/ });
  });

  it('lets go of a build when the plugin is stopped', async () => {
    const dir = plugin('stopped', { 'main.go': main('"never"') });
    const abort = new AbortController();
    const going = prepare(dir, abort.signal);
    abort.abort(new Error('stopped'));
    await assert.rejects(going, /stopped/);
    assert.equal(run(await prepare(dir)), 'never\n');
  });

  it('builds one plugin once when it is asked for twice', async () => {
    const dir = plugin('twice', { 'main.go': main('"twice"') });
    const both = await Promise.all([prepare(dir), prepare(dir)]);
    assert.deepEqual(both.map(run), ['twice\n', 'twice\n']);
  });

  it('takes Go neither from the plugin nor from nowhere', async () => {
    const dir = plugin('own', { 'main.go': main('"own"'), 'bin/go': '#!/bin/sh\n' });
    execFileSync('chmod', ['+x', path.join(dir, 'bin', 'go')]);
    const find = (goPath: string | undefined, search: string) =>
      createGoFinder({ goPath, env: { PATH: search } }).find(dir, undefined);
    await assert.rejects(find(path.join(dir, 'bin', 'go'), ''), { code: 'PW-RUNTIME-IN-WORKSPACE' });
    await assert.rejects(find(undefined, path.join(dir, 'bin')), { code: 'PW-RUNTIME-MISSING' });
    const finder = createGoFinder({ env: process.env });
    await assert.rejects(finder.find(dir, '<1.0.0'), { code: 'PW-RUNTIME-VERSION' });
    await finder.find(dir, '>=1.21');
  });
});
