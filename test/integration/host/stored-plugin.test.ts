import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { guideManifest } from './plugins.ts';
import { buildShipped, createWorld, event, type Shipped, type World } from './world.ts';

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

for (const tenant of [undefined, 'acme']) {
  test(`what a plugin ${tenant ? 'of a tenant ' : ''}did is told after it was stopped`, async () => {
    const id = `past${tenant ?? ''}`;
    const dir = await world.plugin(id, {
      'plugin.json': guideManifest(id),
      'index.mjs': `
        export function activate({ commands, storage }) {
          commands.register('try', () => storage.get('k'));
          commands.register('crash', () => process.exit(3));
        }`,
    });
    const { pluginId } = await world.host.start({ dir, watch: false, ...(tenant ? { tenant } : {}) });
    const call = (method: string) => world.host.invoke({ pluginId, method, args: null });
    await assert.rejects(call('try'), { code: 'PW-PERMISSION-DENIED' });
    const crashed = world.seen(event('crash', one => one.report.pluginId.endsWith(id)));
    await assert.rejects(call('crash'), { code: 'PW-PLUGIN-GONE' });
    await crashed;
    const live = [await world.host.readAudit({ pluginId }), await world.host.crashReports({ pluginId })];
    assert.ok(live.every(list => list.length > 0));
    await world.host.stop(pluginId);
    const [audit, crashes] = [
      await world.host.readAudit({ pluginId }),
      await world.host.crashReports({ pluginId }),
    ];
    assert.equal(audit.at(-1)?.resource, 'k');
    assert.deepEqual([audit, crashes], live);
  });
}

test('nothing is read of a plugin that there never was, nor beside the data', async () => {
  for (const pluginId of ['nobody', '..', '../data/past', 'acme/../past', '', 'past/', '/etc', 'past\0']) {
    await assert.rejects(world.host.readAudit({ pluginId }), { code: 'PW-PLUGIN-UNKNOWN' }, pluginId);
    await assert.rejects(world.host.crashReports({ pluginId }), { code: 'PW-PLUGIN-UNKNOWN' }, pluginId);
  }
});
