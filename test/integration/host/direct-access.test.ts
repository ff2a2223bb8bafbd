import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import type { HostEvent } from '../../../src/protocol/editor/index.ts';
import { guideManifest } from './plugins.ts';
import { buildShipped, createWorld, type Shipped, type World } from './world.ts';

type Audit = Extract<HostEvent, { type: 'audit' }>;

let shipped: Shipped;
let world: World;
before(async () => {
  shipped = await buildShipped();
  world = await createWorld(shipped);
});
after(async () => {
  await world?.dispose();
  await shipped?.dispose();
});

const refusal =
  (action: string, resource: string) =>
  (event: HostEvent): event is Audit =>
    event.type === 'audit' && event.action === action && event.resource === resource;

test('what plugin code tries past the host is in the audit, with the line that would allow it', async () => {
  const dir = await world.plugin('direct', {
    'plugin.json': guideManifest('direct'),
    'index.mjs': `
      import fs from 'node:fs';
      import net from 'node:net';
      const outcome = action => { try { action(); return 'done'; } catch (error) { return error.code; } };
      export function activate(context) {
        context.commands.register('try', async () => ({
          read: outcome(() => fs.readFileSync('/etc/passwd')),
          write: outcome(() => fs.writeFileSync(context.pluginDir + '/own.txt', 'x')),
          own: outcome(() => fs.readFileSync(context.pluginDir + '/plugin.json')),
          connect: await new Promise(resolve => net.connect(443, '192.0.2.1').on('error', error => resolve(error.code))),
        }));
      }`,
  });
  await world.host.start({ dir, watch: false });
  const found = (await world.host.invoke({ pluginId: 'direct', method: 'try', args: null })) as Record<
    string,
    string
  >;
  assert.equal(found['own'], 'done');
  for (const name of ['read', 'write', 'connect']) assert.notEqual(found[name], 'done', name);

  const connect = await world.seen(refusal('connect', '192.0.2.1:443'));
  assert.deepEqual([connect.allowed, connect.by], [false, 'kernel']);
  assert.match(connect.grant ?? '', /network/);
  const { runtime } = world.host.list().find(({ pluginId }) => pluginId === 'direct') ?? {};
  if (/node 2[0-3]\./.test(runtime ?? '')) return; // Only later versions tell of files.
  const read = await world.seen(refusal('read', '/etc/passwd'));
  const write = await world.seen(refusal('write', './own.txt'));
  assert.deepEqual([read.by, write.by], ['kernel', 'kernel']);
  assert.equal(
    world.events.some(event => event.type === 'audit' && event.resource.endsWith('plugin.json')),
    false,
  );
});

test('a trace tells what the runtime itself does not', {
  skip: spawnSync('strace', ['--version']).status !== 0 && 'there is no strace here',
}, async () => {
  const traced = await createWorld(shipped, { trace: true });
  try {
    const dir = await traced.plugin('traced', {
      'plugin.json': { ...guideManifest('traced'), main: 'index.mjs' },
      'index.mjs': `
        import { Worker } from 'node:worker_threads';
        export function activate(context) {
          // What a worker does, Node itself tells nobody here.
          context.commands.register('try', () => new Promise(resolve => {
            const worker = new Worker("require('fs').readFile('/etc/shadow', () => {})", { eval: true });
            worker.on('exit', () => resolve(null));
          }));
        }`,
    });
    await traced.host.start({ dir, watch: false });
    await traced.host.invoke({ pluginId: 'traced', method: 'try', args: null });
    const read = await traced.seen(refusal('read', '/etc/shadow'));
    assert.deepEqual([read.allowed, read.by], [false, 'kernel']);
  } finally {
    await traced.dispose();
  }
});
