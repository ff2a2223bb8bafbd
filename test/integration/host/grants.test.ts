import assert from 'node:assert/strict';
import { mkdir, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { WorkbenchError } from '../../../src/base/index.ts';
import type { ApprovalRequest, Grant } from '../../../src/protocol/editor/index.ts';
import type { Json } from '../../../src/protocol/plugin/index.ts';
import { guideManifest, limitedManifest } from './plugins.ts';
import { buildShipped, createWorld, event, type Shipped, type World } from './world.ts';

let shipped: Shipped;
let world: World;
before(async () => {
  shipped = await buildShipped();
  world = await createWorld(shipped, { approveAll: false });
});
after(async () => {
  await world.dispose();
  await shipped.dispose();
});

const call = (pluginId: string, method: string, args: Json = null): Promise<Json> =>
  world.host.invoke({ pluginId, method, args });

const keeper = `export function activate(context) {
  context.commands.register('save', value => context.storage.set('k', value));
  context.commands.register('load', () => context.storage.get('k'));
}`;
const storing = { permissions: { storage: { read: true, write: true } } };

const keeperFiles = (id: string, more: Record<string, unknown> = storing) => ({
  'plugin.json': guideManifest(id, more),
  'index.mjs': keeper,
});

/** The request that a refused start carries. */
async function refused(starting: Promise<unknown>): Promise<ApprovalRequest> {
  const error: unknown = await starting.then(
    () => assert.fail('it started'),
    reason => reason,
  );
  assert.ok(error instanceof WorkbenchError);
  assert.equal(error.code, 'PW-APPROVAL-NEEDED');
  return error.details?.['request'] as ApprovalRequest;
}

const keyOf = (grants: readonly Grant[], action: string): string =>
  grants.find(grant => grant.action === action)?.key ?? assert.fail(action);

test('nothing starts that nobody approved; what is approved is remembered for the version', async () => {
  const dir = await world.plugin('asks', keeperFiles('asks'));
  const request = await refused(world.host.start({ dir, watch: false }));
  assert.deepEqual(world.host.list(), []);
  assert.deepEqual(
    request.capabilities.map(({ words, risk, isNew }) => [words, risk, isNew]),
    [
      ['Read data of its own', 'low', true],
      ['Store data of its own', 'low', true],
    ],
  );
  assert.deepEqual(await world.host.approvalRequest(dir), request);
  await world.host.approve({ ...request, capabilities: request.capabilities.map(({ key }) => key) });
  assert.equal(await world.host.approvalRequest(dir), undefined);
  assert.equal((await world.host.start({ dir, watch: false })).state, 'running');
  const recorded = await world.host.readAudit({ pluginId: 'asks' });
  assert.deepEqual(
    recorded.flatMap(({ change, by, action }) => (change ? [[change, by, action]] : [])),
    [
      ['given', 'user', 'read'],
      ['given', 'user', 'write'],
    ],
  );
  await call('asks', 'save', 1);
  assert.ok(world.host.grants('asks').every(({ granted, grantedBy }) => granted && grantedBy === 'user'));
  await world.host.stop('asks');

  await world.plugin('asks', keeperFiles('asks', { ...storing, version: '1.1.0' }));
  assert.equal((await world.host.start({ dir, watch: false })).version, '1.1.0');
  await world.host.stop('asks');
  const stale = world.host.approve({ ...request, capabilities: [] });
  await assert.rejects(stale, { code: 'PW-APPROVAL-STALE' });
});

test('an approval for one run is not remembered, and a plugin that asks for nothing needs none', async () => {
  const dir = await world.plugin('once', keeperFiles('once'));
  const { capabilities } = await refused(world.host.start({ dir, watch: false }));
  const approve = capabilities.map(({ key }) => key);
  await world.host.start({ dir, watch: false, approve });
  assert.equal(await call('once', 'load'), null);
  await world.host.stop('once');
  await refused(world.host.start({ dir, watch: false }));
  const modest = await world.plugin('modest', {
    'plugin.json': guideManifest('modest'),
    'index.mjs': keeper,
  });
  assert.equal((await world.host.start({ dir: modest, watch: false })).state, 'running');
});

test('what is taken back is refused at once, recorded, and can be given back', async () => {
  const dir = await world.plugin('watched', keeperFiles('watched'));
  await world.host.start({ dir, watch: false, approve: 'all' });
  await call('watched', 'save', 1);
  const { pid } = world.host.status('watched');
  const grants = world.host.grants('watched');
  const key = keyOf(grants, 'write');
  const after = await world.host.revokeGrant({ pluginId: 'watched', key });
  assert.equal(after.find(grant => grant.key === key)?.granted, false);
  await assert.rejects(call('watched', 'save', 2), { code: 'PW-PERMISSION-DENIED' });
  assert.equal(await call('watched', 'load'), 1);
  await world.seen(event('grants', ({ pluginId }) => pluginId === 'watched'));
  await world.host.giveGrant({ pluginId: 'watched', key });
  await call('watched', 'save', 3);
  assert.equal(
    world.host.status('watched').pid,
    pid,
    'no restart is needed for what the broker alone decides',
  );
  await assert.rejects(world.host.giveGrant({ pluginId: 'watched', key: 'made.up' }), {
    code: 'PW-GRANT-UNDECLARED',
  });

  const denied = await world.host.readAudit({ pluginId: 'watched', allowed: false });
  assert.deepEqual(
    denied.map(({ scope, action, resource }) => [scope, action, resource]),
    [['storage', 'write', 'k']],
  );
  const all = await world.host.readAudit({ pluginId: 'watched' });
  assert.deepEqual(
    all.flatMap(({ change, by, action, allowed }) => (change ? [[change, by, action, allowed]] : [])),
    [
      ['given', 'session', 'read', true],
      ['given', 'session', 'write', true],
      ['revoked', 'user', 'write', false],
      ['given', 'user', 'write', true],
    ],
  );
  // They stand among the requests, in the order of what happened.
  const writes = all
    .filter(({ action }) => action === 'write')
    .map(({ change, allowed }) => change ?? allowed);
  assert.deepEqual(writes, ['given', true, 'revoked', false, 'given', true]);
  await world.seen(event('audit', one => one.pluginId === 'watched' && one.change === 'revoked'));
  assert.ok(all.length > denied.length);
  assert.deepEqual(await world.host.readAudit({ pluginId: 'watched', limit: 2 }), all.slice(-2));
  const since = all.at(-1)?.timestamp ?? 0;
  assert.ok((await world.host.readAudit({ pluginId: 'watched', since })).every(e => e.timestamp >= since));
});

test('a grant that ends is refused from then on', async () => {
  const dir = await world.plugin('timed', keeperFiles('timed'));
  await world.host.start({ dir, watch: false, approve: 'all' });
  const key = keyOf(world.host.grants('timed'), 'write');
  await call('timed', 'save', 1);
  await world.host.revokeGrant({ pluginId: 'timed', key });
  await world.host.giveGrant({ pluginId: 'timed', key, expiresAt: Date.now() + 200 });
  await until(() => !world.host.grants('timed').find(grant => grant.action === 'write')?.granted);
  await assert.rejects(call('timed', 'save', 2), { code: 'PW-PERMISSION-DENIED' });
  const ended = await world.seen(event('audit', one => one.pluginId === 'timed' && one.change === 'expired'));
  assert.deepEqual([ended.by, ended.action, ended.allowed], ['time', 'write', false]);
  const given = (await world.host.readAudit({ pluginId: 'timed' })).findLast(one => one.change === 'given');
  assert.equal(given?.expiresAt, ended.expiresAt);
});

test('a grant that ended while its plugin did not run is recorded at the next start, once', async () => {
  const dir = await world.plugin('lapsed', keeperFiles('lapsed'));
  const { capabilities, ...about } = await refused(world.host.start({ dir, watch: false }));
  const keys = capabilities.map(({ key }) => key);
  const expiresAt = Date.now() + 50;
  await world.host.approve({ ...about, capabilities: keys, expiresAt });
  await until(() => Date.now() > expiresAt);
  for (const _ of ['first', 'again']) {
    await refused(world.host.start({ dir, watch: false }));
    const records = await world.host.readAudit({ pluginId: 'lapsed' });
    assert.deepEqual(
      records.map(({ change, by, action, ...record }) => [change, by, action, record.expiresAt]),
      [
        ['given', 'user', 'read', expiresAt],
        ['given', 'user', 'write', expiresAt],
        ['expired', 'time', 'read', expiresAt],
        ['expired', 'time', 'write', expiresAt],
      ],
    );
    assert.equal(records.at(-1)?.timestamp, expiresAt);
  }
});

test('a folder that the sandbox had opened is shut by a restart that keeps the state', async () => {
  const outside = path.join(await realpath(world.dir), 'outside');
  await mkdir(outside);
  await writeFile(path.join(outside, 'secret.txt'), 'hidden');
  const manifest = {
    ...limitedManifest('opener', {}),
    capabilities: [{ id: 'files', scope: 'filesystem', permissions: ['read'], paths: [`${outside}/**`] }],
  };
  const code = `
    import fs from 'node:fs';
    let count = 0;
    export function activate(context) {
      context.commands.register('eat', () => { count++; return fs.readFileSync(${JSON.stringify(
        path.join(outside, 'secret.txt'),
      )}, 'utf8'); });
      context.commands.register('ping', () => count);
    }
    export const getState = () => ({ count });
    export const restoreState = state => { count = state.count; };`;
  const dir = await world.plugin('opener', { 'plugin.json': manifest, 'index.mjs': code });
  const { pid } = await world.host.start({ dir, watch: false, approve: 'all' });
  assert.equal(await call('opener', 'eat'), 'hidden');
  const key = keyOf(world.host.grants('opener'), 'read');
  await world.host.revokeGrant({ pluginId: 'opener', key });
  await world.seen(
    event(
      'state',
      ({ status }) => status.pluginId === 'opener' && status.state === 'running' && status.pid !== pid,
    ),
  );
  await assert.rejects(call('opener', 'eat'), { code: 'PW-PLUGIN-THREW', message: /ENOENT/ });
  assert.equal(await call('opener', 'ping'), 2);
});

test('a manifest that asks for more while it runs gets it when that is approved', async () => {
  const dir = await world.plugin('grows', keeperFiles('grows', {}));
  await world.host.start({ dir, watch: false });
  await world.plugin('grows', keeperFiles('grows'));
  assert.equal((await world.host.reload('grows')).state, 'running');
  const { request } = await world.seen(event('approvalNeeded', one => one.request.pluginId === 'grows'));
  await assert.rejects(call('grows', 'save', 1), {
    code: 'PW-PERMISSION-DENIED',
    message: /^The manifest asks for storage write .*, but nobody has approved it/,
  });
  await world.host.approve({ ...request, capabilities: request.capabilities.map(({ key }) => key) });
  assert.equal(await call('grows', 'save', 1), null);
});

async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await new Promise(resolve => setTimeout(resolve, 10));
}
