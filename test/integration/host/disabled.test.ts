import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import type { WorkbenchError } from '../../../src/base/index.ts';
import type { DebugHost } from '../../../src/host/index.ts';
import type { StartPluginParams } from '../../../src/protocol/editor/index.ts';
import { counter, guideManifest } from './plugins.ts';
import { buildShipped, createWorld, type Shipped, type World } from './world.ts';

let shipped: Shipped;
let root: string;
let dataDir: string;
before(async () => {
  shipped = await buildShipped();
  root = await mkdtemp(path.join(tmpdir(), 'disabled-test-'));
});
after(async () => {
  await rm(root, { recursive: true });
  await shipped.dispose();
});
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(root, 'data-'));
});

/** Hosts one after the other, over the same data. */
async function inHost(work: (host: DebugHost, world: World) => Promise<void>): Promise<void> {
  const world = await createWorld(shipped, { dataDir });
  try {
    await work(world.host, world);
  } finally {
    await world.dispose();
  }
}

const plugin = (world: World, id: string, more: Record<string, unknown> = {}): Promise<string> =>
  world.plugin(id, { 'plugin.json': guideManifest(id, more), 'index.mjs': counter() });

async function begin(world: World, id: string, more: Partial<StartPluginParams> = {}) {
  return world.host.start({ dir: await plugin(world, id), watch: false, ...more });
}

const count = async (host: DebugHost, pluginId: string): Promise<unknown> =>
  ((await host.invoke({ pluginId, method: 'count', args: {} })) as { n: number }).n;

test('a plugin that was disabled stays so in the next host, with its state, until it is enabled', async () => {
  const mark = path.join(dataDir, 'sleeper', 'disabled.json');
  await inHost(async (host, world) => {
    await begin(world, 'sleeper');
    assert.equal(await count(host, 'sleeper'), 1);
    await host.disable('sleeper');
    // It was written before the answer: a host that is killed now has lost nothing.
    assert.ok(existsSync(mark));
  });
  await inHost(async (host, world) => {
    const status = await begin(world, 'sleeper');
    assert.deepEqual(
      [status.state, status.stage, status.condition, status.pid],
      ['disabled', 'disable', 'installed', undefined],
    );
    await assert.rejects(count(host, 'sleeper'), { code: 'PW-PLUGIN-NOT-RUNNING', nextStep: 'Enable it.' });
    await assert.rejects(begin(world, 'sleeper'), { code: 'PW-PLUGIN-DISABLED' });
    await host.stop('sleeper');
    assert.equal((await begin(world, 'sleeper', { lazy: true })).state, 'disabled');
    assert.equal((await host.enable('sleeper')).state, 'running');
    assert.equal(await count(host, 'sleeper'), 2);
    assert.equal(existsSync(mark), false);
  });
  await inHost(async (_, world) => {
    assert.equal((await begin(world, 'sleeper')).state, 'running');
  });
});

test('one that waited for its first call when it was disabled waits no more', async () => {
  await inHost(async (host, world) => {
    await begin(world, 'idle', { lazy: true });
    await host.disable('idle');
  });
  await inHost(async (host, world) => {
    assert.equal((await begin(world, 'idle', { lazy: true })).state, 'disabled');
    await host.enable('idle');
    assert.equal(await count(host, 'idle'), 1);
  });
});

test('each tenant has its own', async () => {
  await inHost(async (host, world) => {
    for (const tenant of ['a', 'b']) await begin(world, 'shared', { tenant });
    await host.disable('a/shared');
  });
  await inHost(async (_, world) => {
    const states = [];
    for (const tenant of ['a', 'b', undefined]) {
      states.push((await begin(world, 'shared', tenant === undefined ? {} : { tenant })).state);
    }
    assert.deepEqual(states, ['disabled', 'running', 'running']);
  });
});

test('what needs a disabled plugin does not start, and says why', async () => {
  await inHost(async (host, world) => {
    await begin(world, 'base');
    await host.disable('base');
  });
  await inHost(async (host, world) => {
    const base = await plugin(world, 'base');
    const dir = await plugin(world, 'upper', { dependencies: { base: '^1.0.0' } });
    const refused = (error: WorkbenchError): boolean => {
      assert.equal(error.code, 'PW-DEPENDENCY-FAILED');
      assert.match(error.message, /base is disabled/);
      assert.equal(error.nextStep, 'Enable it.');
      return true;
    };
    // The first start lists it, the second finds it listed.
    await assert.rejects(host.start({ dir, watch: false, knownDirs: [base] }), refused);
    await assert.rejects(host.start({ dir, watch: false, knownDirs: [base] }), refused);
    await host.enable('base');
    assert.equal((await host.start({ dir, watch: false, knownDirs: [base] })).state, 'running');
  });
});

test('a disk that takes no mark keeps nobody from disabling it, and the log says so', async () => {
  await mkdir(path.join(dataDir, 'stuck', 'disabled.json'), { recursive: true });
  await inHost(async (host, world) => {
    await begin(world, 'stuck');
    assert.equal((await host.disable('stuck')).state, 'disabled');
    const warned = world.events.some(
      one => one.type === 'log' && one.level === 'warn' && /will not know/.test(one.message),
    );
    assert.ok(warned);
    assert.equal((await host.enable('stuck')).state, 'running');
  });
});
