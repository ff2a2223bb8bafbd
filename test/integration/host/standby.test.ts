import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { HostEvent, PluginStatus } from '../../../src/protocol/editor/index.ts';
import { counter, guideManifest } from './plugins.ts';
import { buildShipped, createWorld, type Shipped, type World } from './world.ts';

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

const statusOf = (pluginId: string): PluginStatus | undefined =>
  world.host.list().find(one => one.pluginId === pluginId);

/** Resolves with the process that stands by for a plugin. */
async function standbyOf(pluginId: string): Promise<number> {
  for (;;) {
    const pid = statusOf(pluginId)?.standbyPid;
    if (pid !== undefined) return pid;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

/** Resolves once the process is gone. */
async function gone(pid: number): Promise<void> {
  while (existsSync(`/proc/${pid}`)) await new Promise(resolve => setTimeout(resolve, 20));
}

const count = (pluginId: string): Promise<unknown> =>
  world.host.invoke({ pluginId, method: 'count', args: {} });

test('what stands by for a watched plugin serves after the next save, with the state', async () => {
  const dir = await world.plugin('ready', { 'plugin.json': guideManifest('ready'), 'index.mjs': counter() });
  await world.host.start({ dir, watch: true });
  assert.deepEqual(await count('ready'), { n: 1, label: 'first' });
  for (const [n, label] of ['second', 'third'].entries()) {
    const before = statusOf('ready')?.pid ?? 0;
    const standby = await standbyOf('ready');
    await writeFile(path.join(dir, 'index.mjs'), counter(label));
    while (statusOf('ready')?.generation !== n + 2 || statusOf('ready')?.state !== 'running') {
      await new Promise(resolve => setTimeout(resolve, 10));
    }
    assert.equal(statusOf('ready')?.pid, standby);
    assert.deepEqual(await count('ready'), { n: n + 2, label });
    await gone(before);
  }
  const standby = await standbyOf('ready');
  const usage = world.host.usage('ready');
  assert.ok((usage?.memory.standby ?? 0) > 0, 'its memory is shown');
  const { pid } = statusOf('ready') ?? {};
  await world.host.stop('ready');
  await gone(standby);
  await gone(pid ?? 0);
});

test('code that can’t be loaded costs what stood by, and another comes', async () => {
  const dir = await world.plugin('typo', { 'plugin.json': guideManifest('typo'), 'index.mjs': counter() });
  await world.host.start({ dir, watch: true });
  const standby = await standbyOf('typo');
  await writeFile(path.join(dir, 'index.mjs'), 'const = 1;\n');
  await world.seen(
    (event): event is HostEvent => event.type === 'problem' && event.problem?.code === 'PW-PLUGIN-LOAD',
  );
  await gone(standby);
  const next = await standbyOf('typo');
  await writeFile(path.join(dir, 'index.mjs'), counter('mended'));
  while (statusOf('typo')?.generation !== 2) await new Promise(resolve => setTimeout(resolve, 10));
  assert.equal(statusOf('typo')?.pid, next);
  await world.host.stop('typo');
});

test('what stands by goes with the manifest it was made for, and with a plugin that is disabled', async () => {
  const dir = await world.plugin('rights', {
    'plugin.json': guideManifest('rights'),
    'index.mjs': counter(),
  });
  await world.host.start({ dir, watch: true });
  const standby = await standbyOf('rights');
  await writeFile(
    path.join(dir, 'plugin.json'),
    JSON.stringify(guideManifest('rights', { version: '2.0.0' })),
  );
  while (statusOf('rights')?.version !== '2.0.0') await new Promise(resolve => setTimeout(resolve, 10));
  await gone(standby);
  assert.notEqual(statusOf('rights')?.pid, standby);
  const next = await standbyOf('rights');
  await world.host.disable('rights');
  await gone(next);
  await world.host.stop('rights');
});

test('nothing stands by for a plugin that is not watched', async () => {
  const dir = await world.plugin('still', { 'plugin.json': guideManifest('still'), 'index.mjs': counter() });
  await world.host.start({ dir, watch: false });
  await world.host.reload('still');
  // Well after one would have been started.
  await new Promise(resolve => setTimeout(resolve, 1500));
  assert.equal(statusOf('still')?.standbyPid, undefined);
  assert.equal(world.host.usage('still')?.memory.standby, undefined);
  await world.host.stop('still');
});
