import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Json } from '../../../src/protocol/plugin/index.ts';
import { limitedManifest } from './plugins.ts';
import { buildShipped, createWorld, event, type Shipped, type World } from './world.ts';

let shipped: Shipped;
let world: World;
before(async () => {
  shipped = await buildShipped();
});
beforeEach(async () => {
  world = await createWorld(shipped);
});
after(() => shipped.dispose());

/** A plugin that does with shared memory whatever it is asked to. */
const handy = `
  import fs from 'node:fs';
  let memory;
  const changes = [];
  const held = new Map();
  const show = ({ id, size, writable, frozen, revoked, owner }) => ({ id, size, writable, frozen, revoked, owner });
  const hold = async segment => {
    if (!held.has(segment.id)) segment.onDidChange(() => changes.push(segment.revoked ? 'revoked' : 'moved'));
    held.set(segment.id, segment);
    return show(segment);
  };
  const methods = {
    allocate: async ({ size, name }) => hold(await memory.allocate(size, { name })),
    open: async ({ id }) => hold(await memory.open(id)),
    share: ({ id, plugins, access }) => memory.share(id, plugins, access),
    resize: async ({ id, size }) => hold(await memory.resize(id, size)),
    freeze: async ({ id }) => hold(await memory.freeze(id)),
    release: ({ id }) => memory.release(id),
    list: async () => (await memory.list()).map(show),
    write: ({ id, text }) => held.get(id).write(0, Buffer.from(text)),
    read: async ({ id, length }) => Buffer.from(await held.get(id).read(0, length)).toString(),
    writeValue: ({ id, format }) => held.get(id).writeStructured(
      { big: 2n ** 60n, bytes: new Uint8Array([0, 255]), when: new Date(0), nan: NaN, list: [1.5, 'x', null] }, format),
    readValue: async ({ id }) => {
      const { big, bytes, when, nan, list } = await held.get(id).readStructured();
      return [typeof big, String(big), bytes instanceof Uint8Array, when.toISOString(), String(nan), list];
    },
    changes: () => changes,
    look: () => fs.existsSync('/shared'),
    fill: async ({ bytes }) => {
      const full = Buffer.alloc(bytes, 1);
      // The host may look, and clear away, in the middle of it.
      for (;;) {
        fs.writeFileSync('/shared/rw/own', full);
        await new Promise(resolve => setTimeout(resolve, 2000));
      }
    },
    state: ({ id }) => show(held.get(id)),
  };
  export function activate(context) {
    memory = context.memory;
    for (const [name, run] of Object.entries(methods)) context.commands.register(name, async args => (await run(args ?? {})) ?? null);
  }
  export const getState = () => [...held.keys()];
  export const restoreState = async ids => { for (const id of ids) await hold(await memory.open(id)); };
`;

const methods = [
  ...['allocate', 'open', 'share', 'resize', 'freeze', 'release', 'list', 'write', 'read', 'writeValue'],
  ...['readValue', 'changes', 'look', 'fill', 'state'],
];

async function start(id: string, coordination: object = { sharedMemory: true }): Promise<string> {
  const manifest = { ...limitedManifest(id, {}), coordination: { exposesMethods: methods, ...coordination } };
  const dir = await world.plugin(id, { 'plugin.json': manifest, 'index.mjs': handy });
  await world.host.start({ dir, watch: false });
  return dir;
}

// biome-ignore lint/suspicious/noExplicitAny: what the plugin above answers
const call = async (pluginId: string, method: string, args: Json = null): Promise<any> =>
  world.host.invoke({ pluginId, method, args });

const shares = (): string[] =>
  readdirSync('/dev/shm').filter(
    name => name.includes(`-${process.pid}-`) && name.startsWith('plugin-workbench'),
  );

describe('plugins that share memory', () => {
  test('one writes and the other reads, in every format, until it is taken back', async () => {
    await start('writer');
    await start('reader');
    const { id } = await call('writer', 'allocate', { size: 100_000, name: 'pixels' });
    await assert.rejects(call('reader', 'open', { id }), /no segment/);
    await call('writer', 'share', { id, plugins: ['reader'], access: 'read' });
    await call('writer', 'write', { id, text: 'hello' });
    const opened = await call('reader', 'open', { id });
    assert.deepEqual(opened, {
      id,
      size: 100_000,
      writable: false,
      frozen: false,
      revoked: false,
      owner: 'writer',
    });
    assert.equal(await call('reader', 'read', { id, length: 5 }), 'hello');
    await assert.rejects(call('reader', 'write', { id, text: 'x' }), /can only be read/);
    await assert.rejects(call('reader', 'resize', { id, size: 1 }), /Only the plugin/);
    for (const format of ['json', 'msgpack', 'protobuf']) {
      await call('writer', 'writeValue', { id, format });
      assert.deepEqual(await call('reader', 'readValue', { id }), [
        ...['bigint', `${2n ** 60n}`, true, '1970-01-01T00:00:00.000Z', 'NaN'],
        [1.5, 'x', null],
      ]);
    }
    await call('writer', 'share', { id, plugins: [], access: 'read' });
    await call('writer', 'write', { id, text: 'later' });
    await assert.rejects(call('reader', 'read', { id, length: 5 }), /taken back/);
    assert.deepEqual(await call('reader', 'changes'), ['revoked']);
    assert.deepEqual(await call('writer', 'changes'), ['moved']);
    assert.equal(await call('writer', 'read', { id, length: 5 }), 'later');
    await world.dispose();
    assert.deepEqual(shares(), []);
  });

  test('handles follow a freeze and other sizes', async () => {
    await start('writer');
    await start('other');
    const { id } = await call('writer', 'allocate', { size: 100 });
    await call('writer', 'share', { id, plugins: ['other'], access: 'write' });
    await call('other', 'open', { id });
    await call('other', 'write', { id, text: 'abcdef' });
    assert.equal((await call('writer', 'resize', { id, size: 200 })).size, 200);
    assert.equal((await call('other', 'state', { id })).size, 200);
    await call('writer', 'resize', { id, size: 3 });
    assert.equal(await call('other', 'read', { id }), 'abc');
    await assert.rejects(call('other', 'write', { id, text: 'abcd' }), /not within the 3/);
    const frozen = await call('writer', 'freeze', { id });
    assert.deepEqual([frozen.writable, frozen.frozen], [false, true]);
    await assert.rejects(call('other', 'write', { id, text: 'x' }), /can only be read/);
    assert.equal(await call('other', 'read', { id }), 'abc');
    await call('writer', 'release', { id });
    assert.deepEqual(await call('other', 'list'), []);
    await world.dispose();
  });

  test('a plugin whose manifest says nothing of it is told the line, and sees no folder', async () => {
    await start('silent', {});
    assert.equal(await call('silent', 'look'), false);
    await assert.rejects(call('silent', 'allocate', { size: 1 }), error => {
      assert.match(`${error}`, /"coordination": \{ "sharedMemory": true \}/);
      return true;
    });
    await world.dispose();
    assert.deepEqual(shares(), []);
  });

  test('a reload keeps segments and access on both sides', async () => {
    const dir = await start('writer');
    await start('reader');
    const { id } = await call('writer', 'allocate', { size: 100 });
    await call('writer', 'share', { id, plugins: ['reader'], access: 'read' });
    await call('reader', 'open', { id });
    await writeFile(path.join(dir, 'index.mjs'), `${handy}\n// again`);
    assert.equal((await world.host.reload('writer')).problem, undefined);
    await call('writer', 'write', { id, text: 'after the reload' });
    assert.equal(await call('reader', 'read', { id, length: 16 }), 'after the reload');
    assert.equal((await world.host.reload('reader')).problem, undefined);
    assert.equal(await call('reader', 'read', { id, length: 5 }), 'after');
    await world.host.stop('writer');
    assert.deepEqual(await call('reader', 'list'), []);
    await assert.rejects(call('reader', 'read', { id, length: 5 }), /taken back/);
    await world.dispose();
  });

  test('the quota counts, and a plugin that helps itself in its folder is ended and told why', async t => {
    await start('greedy');
    const tooMuch = 65 * 1024 * 1024;
    await assert.rejects(call('greedy', 'allocate', { size: tooMuch }), /may use 67108864/);
    const filling = call('greedy', 'fill', { bytes: tooMuch }).then(
      () => true,
      error => !/EACCES/.test(`${error}`),
    );
    if (!(await filling)) {
      await world.dispose();
      return t.skip('plugins can create nothing in the folder here');
    }
    const failed = await world.seen(
      event('state', ({ status }) => status.pluginId === 'greedy' && status.state === 'failed'),
    );
    assert.equal(failed.status.problem?.code, 'PW-LIMIT-DISK');
    await world.dispose();
    assert.deepEqual(shares(), []);
    assert.equal(existsSync('/shared'), false);
  });
});
