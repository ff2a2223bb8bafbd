import assert from 'node:assert/strict';
import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { makeImage, type TestImage } from '../sandbox/image.ts';
import { guideManifest } from './plugins.ts';
import { buildShipped, createWorld, event, type Shipped, type World } from './world.ts';

const made = await makeImage();

const code = `
  const fs = require('node:fs');
  module.exports = {
    activate(context) {
      context.commands.register('execute', () => ({
        root: fs.readdirSync('/').includes('home'), uid: process.getuid(), pid: process.pid,
        entry: fs.existsSync(__filename),
      }));
      context.commands.register('executeFile', () => context.net.fetch('http://127.0.0.1:1/').then(() => 'done', error => error.code));
    },
  };`;

const manifest = (name: string, image: string): string =>
  `name: ${name}\nversion: 1.0.0\nsupported_languages: [test]\nsecurity_level: high\ncontainer_image: ${image}\n`;

describe('a plugin whose manifest asks for a container', { skip: typeof made === 'string' && made }, () => {
  const image = made as TestImage;
  let shipped: Shipped;
  let world: World;
  before(async () => {
    shipped = await buildShipped();
    world = await createWorld(shipped, { trust: { trusted: 'internal' } });
    // As root's, the plugin is nobody, who has to be able to read it.
    await chmod(world.dir, 0o755);
    await chmod(path.dirname(path.dirname(shipped.childScript)), 0o755);
  });
  after(async () => {
    await world.dispose();
    await shipped.dispose();
    image.dispose();
  });

  it('runs in it, at the third level of isolation, and is reloaded and stopped like any other', async () => {
    const dir = await world.plugin('boxed', {
      'plugin.yaml': manifest('boxed', image.name),
      'main.js': code,
    });
    const status = await world.host.start({ dir, watch: false });
    assert.equal(status.confinement?.level, 'container');
    assert.equal(status.isolation?.level, 3);
    assert.equal(status.trust?.level, 'untrusted');
    const invoke = (method: string) => world.host.invoke({ pluginId: 'boxed', method, args: null });
    const found = (await invoke('execute')) as Record<string, unknown>;
    assert.deepEqual({ ...found, uid: undefined }, { root: false, uid: undefined, pid: 1, entry: true });
    assert.notEqual(found['uid'], 0);
    assert.notEqual(await invoke('executeFile'), 'done');
    assert.ok(world.host.usage('boxed'));
    assert.equal((await world.host.reload('boxed')).generation, 2);
    assert.deepEqual(((await invoke('execute')) as Record<string, unknown>)['pid'], 1);
    await world.host.stop('boxed');
    assert.deepEqual(image.list(), []);
  });

  it('runs in the sandbox where the image is missing, and its log says how to get it', async () => {
    const dir = await world.plugin('absent', {
      'plugin.yaml': manifest('absent', 'localhost/not/here:1'),
      'main.js': code,
    });
    const status = await world.host.start({ dir, watch: false });
    assert.equal(status.confinement?.level, 'sandboxed');
    assert.equal(status.isolation?.level, 2);
    await world.seen(
      event(
        'log',
        ({ pluginId, message }) =>
          pluginId === 'absent' && /podman pull localhost\/not\/here:1/.test(message),
      ),
    );
    await world.host.stop('absent');
  });

  it('records only refusals when it is internal', async () => {
    const audited = async (name: string) => {
      const dir = await world.plugin(name, {
        'plugin.json': guideManifest(name, {
          main: 'main.js',
          permissions: { storage: { read: true, write: true } },
        }),
        'main.js': `exports.activate = context => {
          context.commands.register('store', async () => {
            await context.storage.set('key', 1);
            return context.net.fetch('https://example.org/').then(() => 'done', () => 'refused');
          });
        };`,
      });
      await world.host.start({ dir, watch: false });
      assert.equal(await world.host.invoke({ pluginId: name, method: 'store', args: null }), 'refused');
      const records = await world.host.readAudit({ pluginId: name });
      const entries = records.filter(({ change }) => change === undefined);
      await world.host.stop(name);
      return { allowed: entries.some(entry => entry.allowed), denied: entries.some(entry => !entry.allowed) };
    };
    assert.deepEqual(await audited('trusted'), { allowed: false, denied: true });
    assert.deepEqual(await audited('stranger'), { allowed: true, denied: true });
  });
});
