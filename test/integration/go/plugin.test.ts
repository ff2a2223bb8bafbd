import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, realpathSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { readPluginSource } from '../../../src/host/plugin/plugin-source.ts';
import { effectiveLimits } from '../../../src/host/process/limits.ts';
import { createExecutableRuntime } from '../../../src/host/runtimes/executable-runtime.ts';
import type { Json } from '../../../src/protocol/plugin/index.ts';
import { createSandbox } from '../../../src/sandbox/index.ts';
import { diskFiles, planScaffold, writeChangeSet } from '../../../src/scaffold/index.ts';
import { templates } from '../../unit/scaffold/template-source.ts';
import { guideManifest } from '../host/plugins.ts';
import { buildShipped, createWorld, event, type Shipped, type World } from '../host/world.ts';
import { goIsMissing } from './toolchain.ts';

/** Counts calls, and keeps the count over a reload. */
const counter = (label: string): string => `package main

import (
	"context"
	"encoding/json"
	"os"

	workbench "plugin-workbench.dev/sdk"
)

var n int

func main() {
	workbench.Run(workbench.Plugin{
		Activate: func(plugin *workbench.Context) error {
			return plugin.Commands.Register(plugin, "count", workbench.Handle(count))
		},
		GetState:     func() (any, error) { return n, nil },
		RestoreState: func(state json.RawMessage) error { return json.Unmarshal(state, &n) },
	})
}

func count(context.Context, any) (map[string]any, error) {
	n++
	_, err := os.ReadFile("/etc/passwd")
	return map[string]any{"n": n, "label": "${label}", "sees": err == nil}, nil
}
`;

describe('a plugin in Go', { skip: goIsMissing }, () => {
  let shipped: Shipped;
  let world: World;
  before(async () => {
    shipped = await buildShipped();
    world = await createWorld(shipped);
  });
  after(async () => {
    await world.dispose();
    await shipped.dispose();
  });

  const goManifest = (id: string): Record<string, unknown> => guideManifest(id, { main: 'main.go' });
  const count = (pluginId: string) => world.host.invoke({ pluginId, method: 'count', args: null });

  it('is built anew on a save; broken code leaves the old one serving, with every mistake told', async () => {
    const dir = await world.plugin('saved', {
      'plugin.json': goManifest('saved'),
      'main.go': counter('first'),
    });
    await world.host.start({ dir, watch: true });
    assert.deepEqual(await count('saved'), { n: 1, label: 'first', sees: false });

    await writeFile(path.join(dir, 'main.go'), `${counter('bad')}\nvar a, b int = "x", "y"\n`);
    const failed = await world.seen(event('problem', one => one.problem?.code === 'PW-BUILD-FAILED'));
    assert.equal(failed.problem?.location?.file, path.join(realpathSync(dir), 'main.go'));
    assert.equal(failed.problem?.related?.length, 2);
    assert.deepEqual(await count('saved'), { n: 2, label: 'first', sees: false });

    await writeFile(path.join(dir, 'main.go'), counter('second'));
    await world.seen(event('state', one => one.status.generation === 2 && one.status.state === 'running'));
    assert.deepEqual(await count('saved'), { n: 3, label: 'second', sees: false });
    await world.host.stop('saved');
  });

  for (const profile of ['logomesh', 'guide', 'aihub'] as const) {
    it(`runs as it is created for ${profile}`, async () => {
      const dir = path.join(world.dir, `created-${profile}`);
      const plan = await planScaffold({ name: `created-${profile}`, profile, language: 'go' }, templates);
      await writeChangeSet(dir, plan, diskFiles);
      const { pluginId } = await world.host.start({ dir, watch: false });
      assert.deepEqual(await count(pluginId), { count: 1, total: 1 });
      await world.host.reload(pluginId);
      assert.deepEqual(await count(pluginId), { count: 2, total: 2 });
      const greeting = await world.host.invoke({ pluginId, method: 'greet', args: { name: 'Ada' } });
      assert.equal(greeting, 'Hello, Ada!');
      await world.host.stop(pluginId);
    });
  }

  it('runs as it is created for forgeai', async () => {
    const dir = path.join(world.dir, 'created-forgeai');
    const plan = await planScaffold({ name: 'mini', profile: 'forgeai', language: 'go' }, templates);
    await writeChangeSet(dir, plan, diskFiles);
    const { pluginId } = await world.host.start({ dir, watch: false });
    const run = (method: string, args: Json) => world.host.invoke({ pluginId, method, args });
    assert.deepEqual(await run('supportedLanguages', null), ['mini']);
    const good = await run('execute', { language: 'mini', code: 'print a\n\nprint b' });
    assert.deepEqual(good, { stdout: 'a\nb\n', stderr: '', exitCode: 0, executions: 1 });
    const bad = await run('executeFile', { filePath: path.join(realpathSync(dir), 'README.md') });
    assert.deepEqual(bad, { stdout: '', stderr: 'line 1: expected print\n', exitCode: 1, executions: 2 });
    await assert.rejects(run('execute', { language: 'cobol', code: '' }), /mini, not cobol/);
    await world.host.stop(pluginId);
  });

  it('can be a program that was built before', async () => {
    const dir = await world.plugin('built', {
      'plugin.json': guideManifest('built', { main: 'bin/counter' }),
      'source/go.mod': `module example.org/counter\n\ngo 1.21\n\nrequire plugin-workbench.dev/sdk v0.0.0\n\nreplace plugin-workbench.dev/sdk => ${shipped.sdkRoot}/go\n`,
      'source/main.go': counter('built'),
    });
    execFileSync('go', ['build', '-C', path.join(dir, 'source'), '-o', '../bin/counter', '.'], {
      env: { ...process.env, CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOFLAGS: '-buildvcs=false' },
    });
    const status = await world.host.start({ dir, watch: false });
    assert.match(status.runtime ?? '', /^executable bin\/counter \(static, (x64|arm64)\)$/);
    assert.equal(status.confinement?.level, 'sandboxed');
    assert.deepEqual(await count('built'), { n: 1, label: 'built', sees: false });
    await world.host.stop('built');
  });
});

describe('a program as a plugin', {
  skip: process.platform !== 'linux' && 'The sandbox is for Linux.',
}, () => {
  let shipped: Shipped;
  let world: World;
  before(async () => {
    shipped = await buildShipped();
    world = await createWorld(shipped);
  });
  after(async () => {
    await world.dispose();
    await shipped.dispose();
  });

  it('gets its loader and its libraries, and nothing else of the system', async () => {
    const dir = await world.plugin('dynamic', {
      'plugin.json': guideManifest('dynamic', { main: 'bin/perl' }),
    });
    mkdirSync(path.join(dir, 'bin'));
    copyFileSync(realpathSync('/usr/bin/perl'), path.join(dir, 'bin', 'perl'));
    const source = await readPluginSource(dir);
    const limits = effectiveLimits(source.manifest);
    const prepare = () =>
      createExecutableRuntime().prepare(
        { source, limits, confined: true, mounts: true, onLog: () => {} },
        new AbortController().signal,
      );
    chmodSync(source.entry, 0o644);
    if (process.getuid?.() !== 0)
      await assert.rejects(prepare(), { code: 'PW-PLUGIN-ENTRY', message: /executed/ });
    chmodSync(source.entry, 0o755);
    const runtime = await prepare();
    const sandbox = await createSandbox({ confined: true });
    const child = await sandbox.launch({
      name: 'dynamic',
      command: [
        ...runtime.command,
        '-e',
        'print join " ", "ran", grep { -e } "/usr/bin/perl", "/etc/passwd", "/root"',
      ],
      pluginDir: source.dir,
      runtimePaths: runtime.runtimePaths,
      mounts: [],
      readOnly: [],
      readWrite: [],
      env: {},
      tmpBytes: 1024 * 1024,
      fileHandles: 64,
    });
    child.wire.resume();
    const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
    assert.deepEqual([output, errors], ['ran', '']);
    child.dispose();
  });

  it('is refused when it is none for this machine', async () => {
    for (const [name, content, reason] of [
      ['script', '#!/bin/sh\nexit 0\n', /script/],
      ['words', 'just words', /not a 64-bit program/],
    ] as const) {
      const dir = await world.plugin(name, {
        'plugin.json': guideManifest(name, { main: 'plugin' }),
        plugin: content,
      });
      await assert.rejects(world.host.start({ dir, watch: false }), {
        code: 'PW-PLUGIN-ENTRY',
        message: reason,
      });
      await world.host.stop(name);
    }
  });
});
