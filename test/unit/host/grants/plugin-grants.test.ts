import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, type TestContext, test } from 'node:test';
import { writeFileAtomically } from '../../../../src/host/atomic-file.ts';
import type { GrantRecord } from '../../../../src/host/grants/grant-record.ts';
import { openGrantStore } from '../../../../src/host/grants/grant-store.ts';
import { createPluginGrants, type PluginGrants } from '../../../../src/host/grants/plugin-grants.ts';
import type { PluginManifest } from '../../../../src/manifest/index.ts';
import { capability, manifest } from './manifest.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'grants-test-'));
});
afterEach(() => rm(dir, { recursive: true }));

async function open(
  about: PluginManifest,
  { folder = '/w/p', now = (): number => 1000, warnings = [] as string[] } = {},
): Promise<PluginGrants> {
  const warn = (message: string): void => void warnings.push(message);
  const store = await openGrantStore({ dir, write: writeFileAtomically, warn });
  return createPluginGrants({ manifest: about, dir: folder, store, now });
}

const data = capability('filesystem', 'read', './data/**');
const api = capability('network', 'connect', 'api.example.com');
const effective = (grants: PluginGrants): string[] =>
  grants.effective().map(({ scope, action, resource }) => `${scope} ${action} ${resource}`);
const fresh = (grants: PluginGrants): string[] =>
  grants.request()?.capabilities.flatMap(one => (one.isNew ? [one.resource] : [])) ?? [];
const keyOf = (grants: PluginGrants, resource: string): string =>
  grants.list().find(one => one.resource === resource)?.key ?? assert.fail(resource);

test('nothing is granted before it is approved, and what is approved is remembered', async () => {
  const grants = await open(manifest('1.0.0', [data, api]));
  assert.deepEqual([effective(grants), fresh(grants)], [[], ['./data/**', 'api.example.com']]);
  await grants.approve([keyOf(grants, './data/**')], { grantedBy: 'user' });
  assert.deepEqual([effective(grants), fresh(grants)], [['filesystem read ./data/**'], ['api.example.com']]);
  await grants.approve('all', { grantedBy: 'policy' });
  assert.equal(grants.request(), undefined);

  const later = await open(manifest('1.0.0', [data, api]));
  assert.deepEqual(effective(later), ['filesystem read ./data/**', 'network connect api.example.com']);
  assert.deepEqual(
    later.list().map(({ grantedBy, grantedAt }) => [grantedBy, grantedAt]),
    [
      ['policy', 1000],
      ['policy', 1000],
    ],
  );
});

test('a plugin without capabilities has nothing to ask', async () => {
  assert.equal((await open(manifest('1.0.0', []))).request(), undefined);
});

test('what is given for a session is not remembered', async () => {
  const grants = await open(manifest('1.0.0', [data]));
  await grants.approve('all', { grantedBy: 'session' });
  assert.deepEqual(effective(grants), ['filesystem read ./data/**']);
  assert.deepEqual(effective(await open(manifest('1.0.0', [data]))), []);
});

test('a version that asks for no more carries on; one that asks for more asks for the difference', async () => {
  await (await open(manifest('1.0.0', [data]))).approve('all', { grantedBy: 'user' });
  const less = await open(manifest('1.1.0', [capability('filesystem', 'read', './data/a.txt')]));
  assert.deepEqual([effective(less), less.request()], [['filesystem read ./data/a.txt'], undefined]);
  const more = await open(manifest('2.0.0', [data, api]));
  assert.deepEqual([effective(more), fresh(more)], [['filesystem read ./data/**'], ['api.example.com']]);
  assert.equal(more.request()?.capabilities.length, 2);
  const wider = await open(manifest('2.1.0', [capability('filesystem', 'read', './**')]));
  assert.deepEqual(fresh(wider), ['./**']);
});

test('a plugin in another folder that takes the same id and version is asked about', async () => {
  await (await open(manifest('1.0.0', [data]))).approve('all', { grantedBy: 'user' });
  const other = await open(manifest('1.0.0', [data]), { folder: '/elsewhere/p' });
  assert.deepEqual([effective(other), fresh(other)], [[], ['./data/**']]);
});

test('a grant can be narrowed, taken back and given again; the change is told and remembered', async () => {
  const grants = await open(manifest('1.0.0', [data, api]));
  await grants.approve('all', { grantedBy: 'user' });
  let changes = 0;
  grants.onChange(() => changes++);
  await grants.narrow(keyOf(grants, './data/**'), './data/a/**');
  assert.deepEqual(effective(grants), ['filesystem read ./data/a/**', 'network connect api.example.com']);
  await grants.revoke(keyOf(grants, 'api.example.com'));
  assert.deepEqual([effective(grants), changes], [['filesystem read ./data/a/**'], 2]);
  assert.equal(grants.request(), undefined, 'what was taken back on purpose is not asked for again');

  const later = await open(manifest('1.0.0', [data, api]));
  assert.deepEqual([effective(later), later.request()], [['filesystem read ./data/a/**'], undefined]);
  assert.equal(later.list().find(({ resource }) => resource === 'api.example.com')?.granted, false);
  await later.give(keyOf(later, 'api.example.com'));
  assert.deepEqual(effective(later), ['filesystem read ./data/a/**', 'network connect api.example.com']);
});

test('nothing is given that the manifest does not declare, and nothing narrowed to more', async () => {
  const grants = await open(manifest('1.0.0', [data]));
  await assert.rejects(grants.give('network.connect.0123'), { code: 'PW-GRANT-UNDECLARED' });
  await assert.rejects(grants.approve(['made up'], { grantedBy: 'user' }), { code: 'PW-GRANT-UNDECLARED' });
  await grants.approve('all', { grantedBy: 'user' });
  const key = keyOf(grants, './data/**');
  for (const resource of ['./**', '*', './data/../secret', '/etc/**']) {
    await assert.rejects(grants.narrow(key, resource), { code: 'PW-GRANT-WIDER' });
  }
  await assert.rejects(grants.revoke('nothing'), { code: 'PW-GRANT-UNKNOWN' });
  assert.deepEqual(effective(grants), ['filesystem read ./data/**']);
});

test('a manifest that shrinks takes the grants with it', async () => {
  const grants = await open(manifest('1.0.0', [data, api]));
  await grants.approve('all', { grantedBy: 'user' });
  grants.setManifest(manifest('1.0.0', [capability('filesystem', 'read', './data/a.txt')]));
  assert.deepEqual(effective(grants), ['filesystem read ./data/a.txt']);
});

test('a grant ends when its time is over, and that is told', async (t: TestContext) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1000 });
  const grants = await open(manifest('1.0.0', [data, api]), { now: Date.now });
  await grants.approve([keyOf(grants, 'api.example.com')], { grantedBy: 'user' });
  await grants.give(keyOf(grants, './data/**'), 5000);
  assert.equal(grants.list().find(({ resource }) => resource === './data/**')?.expiresAt, 5000);
  let changes = 0;
  grants.onChange(() => changes++);
  t.mock.timers.tick(3999);
  assert.deepEqual([effective(grants).length, changes], [2, 0]);
  t.mock.timers.tick(1);
  assert.deepEqual([effective(grants), changes], [['network connect api.example.com'], 1]);
  assert.deepEqual(fresh(grants), ['./data/**']);
  grants.dispose();
});

test('a store that can’t be read grants nothing, and says so', async () => {
  await (await open(manifest('1.0.0', [data]))).approve('all', { grantedBy: 'user' });
  const file = path.join(dir, 'grants.json');
  await writeFile(file, (await readFile(file, 'utf8')).replace('filesystem', 'everything'));
  const warnings: string[] = [];
  const grants = await open(manifest('1.0.0', [data]), { warnings });
  assert.deepEqual(effective(grants), []);
  assert.match(warnings[0] ?? '', /nothing is approved/);
});

test('each change is told: what, by whom, when, until when', async t => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1000 });
  const grants = await open(manifest('1.0.0', [data, api]), { now: Date.now });
  const told: GrantRecord[] = [];
  grants.onRecord(record => told.push(record));
  await grants.approve('all', { grantedBy: 'policy' });
  await grants.narrow(keyOf(grants, './data/**'), './data/a/**', 3000);
  t.mock.timers.tick(500);
  await grants.revoke(keyOf(grants, 'api.example.com'));
  t.mock.timers.tick(1500);
  await grants.give(grants.list().find(one => one.resource === 'api.example.com')?.key ?? '');
  // What is approved already is no change.
  await grants.approve([keyOf(grants, 'api.example.com')], { grantedBy: 'session' });
  const file = { scope: 'filesystem', action: 'read' };
  const host = { scope: 'network', action: 'connect', resource: 'api.example.com' };
  assert.deepEqual(told, [
    { ...file, resource: './data/**', timestamp: 1000, allowed: true, change: 'given', by: 'policy' },
    { ...host, timestamp: 1000, allowed: true, change: 'given', by: 'policy' },
    {
      ...file,
      resource: './data/a/**',
      from: './data/**',
      timestamp: 1000,
      allowed: true,
      change: 'narrowed',
      by: 'user',
      expiresAt: 3000,
    },
    { ...host, timestamp: 1500, allowed: false, change: 'revoked', by: 'user' },
    {
      ...file,
      resource: './data/a/**',
      timestamp: 3000,
      allowed: false,
      change: 'expired',
      by: 'time',
      expiresAt: 3000,
    },
    { ...host, timestamp: 3000, allowed: true, change: 'given', by: 'user' },
  ]);
  grants.dispose();
});
