import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditEntry } from '../../../src/host/broker/audit.ts';
import { type BrokerPorts, createBroker } from '../../../src/host/broker/broker.ts';
import { createCommands } from '../../../src/host/services/commands.ts';
import { createSubscriptions } from '../../../src/host/services/events.ts';
import { createExchange } from '../../../src/host/services/exchange.ts';
import { noMemory } from '../../../src/host/services/memory/index.ts';
import type { Letter } from '../../../src/host/services/neighbour.ts';
import type { Storage } from '../../../src/host/services/storage.ts';
import type { Capability, PluginManifest } from '../../../src/manifest/index.ts';
import { ErrorCode, type Json } from '../../../src/protocol/plugin/index.ts';
import { createPlugin } from './exchange/neighbours.ts';

const NOW = 1_000_000;
const { signal } = new AbortController();

const storageGrant = (action: string, more: Partial<Capability> = {}): Capability => ({
  scope: 'storage',
  action,
  resource: '*',
  restrictions: {},
  at: [],
  ...more,
});

function manifestOf(more: Partial<PluginManifest> = {}): PluginManifest {
  return {
    profile: 'aihub',
    id: 'sample',
    name: 'Sample',
    version: '1.0.0',
    description: undefined,
    runtime: 'node',
    entry: 'index.js',
    hostRange: '*',
    capabilities: [],
    limits: {},
    dependencies: { plugins: [], runtimes: {}, system: [] },
    contributions: {
      methods: [{ id: 'greet', title: 'Greet', at: [] }],
      openMethods: false,
      events: ['greeted'],
    },
    origins: {},
    ...more,
  };
}

function setUp(manifest: PluginManifest) {
  const entries: AuditEntry[] = [];
  const emitted: string[] = [];
  const stored = new Map<string, Json>();
  const maxBytes: number[] = [];
  const storage: Storage = {
    get: key => stored.get(key) ?? null,
    set: async (key, value, max) => {
      maxBytes.push(max);
      stored.set(key, value);
    },
    delete: async key => stored.delete(key),
    keys: () => [...stored.keys()],
    flush: async () => {},
  };
  const config = new Map<string, Json>();
  const commands = createCommands(manifest, () => {});
  const tell = (letter: Letter): void => {
    if (letter.kind === 'event') emitted.push(letter.name);
  };
  const self = { ...createPlugin('sample', () => null, { manifest }), commands, tell };
  const other = createPlugin('other', (_, { method, args }) => [method, args], { commands: ['x'] });
  const broker = createBroker({
    manifest,
    capabilities: () => manifest.capabilities,
    storage,
    config: {
      current: () => Object.fromEntries(config),
      set: async (key, value) => {
        config.set(key, value);
      },
    },
    commands,
    subscriptions: createSubscriptions(),
    self,
    exchange: createExchange(() => [other, self]),
    memory: noMemory('There is none here.'),
    ...noOutside,
    configChanged: () => emitted.push('config'),
    audit: entry => entries.push(entry),
    describeGrant: need => `grant ${need.scope} ${need.action}`,
    now: () => NOW,
  });
  return { broker, entries, emitted, stored, maxBytes, commands };
}

/** These tests ask for nothing beyond the workbench. */
const noOutside = {} as Pick<
  BrokerPorts,
  'files' | 'fileAccess' | 'rates' | 'fetch' | 'desktop' | 'programs'
>;

const denied = {
  code: ErrorCode.PermissionDenied,
  data: { scope: 'storage', action: 'write', resource: 'k', grant: 'grant storage write' },
};

test('what no capability names is refused with the line that would grant it, and recorded', async () => {
  const { broker, entries, stored } = setUp(manifestOf());
  await assert.rejects(broker('storage/set', { key: 'k', value: 1 }, signal), denied);
  assert.equal(stored.size, 0);
  assert.deepEqual(entries, [
    {
      timestamp: NOW,
      scope: 'storage',
      action: 'write',
      resource: 'k',
      allowed: false,
      grant: 'grant storage write',
    },
  ]);
});

test('what is granted is carried out and recorded', async () => {
  const capabilities = [storageGrant('read'), storageGrant('write', { restrictions: { maxBytes: 77 } })];
  const { broker, entries, maxBytes } = setUp(manifestOf({ capabilities }));
  assert.equal(await broker('storage/set', { key: 'k', value: 1 }, signal), null);
  assert.equal(await broker('storage/get', { key: 'k' }, signal), 1);
  assert.deepEqual(await broker('storage/keys', {}, signal), ['k']);
  assert.equal(await broker('storage/delete', { key: 'k' }, signal), true);
  assert.deepEqual(maxBytes, [77]);
  assert.deepEqual(
    entries.map(entry => `${entry.action} ${entry.resource} ${entry.allowed}`),
    ['write k true', 'read k true', 'read * true', 'write k true'],
  );
});

for (const [why, grant] of [
  ['for another action', storageGrant('read')],
  ['that has expired', storageGrant('write', { restrictions: { expiresAt: NOW } })],
  ['for another key', storageGrant('write', { resource: 'other/*' })],
  ['of another scope', storageGrant('write', { scope: 'memory' })],
] as const) {
  test(`a capability ${why} allows nothing`, async () => {
    const { broker } = setUp(manifestOf({ capabilities: [grant] }));
    await assert.rejects(broker('storage/set', { key: 'k', value: 1 }, signal), denied);
  });
}

test('a pattern grants the keys it matches', async () => {
  const { broker } = setUp(manifestOf({ capabilities: [storageGrant('write', { resource: 'k*' })] }));
  assert.equal(await broker('storage/set', { key: 'k', value: 1 }, signal), null);
});

test('only commands of the manifest can be registered, unless the profile leaves them open', async () => {
  const { broker, commands } = setUp(manifestOf());
  await broker('commands/register', { id: 'greet' }, signal);
  assert.deepEqual(commands.list(), [{ id: 'greet', title: 'Greet' }]);
  await assert.rejects(broker('commands/register', { id: 'other' }, signal), {
    code: ErrorCode.PermissionDenied,
  });
  assert.equal(commands.has('other'), false);

  const { methods, events } = manifestOf().contributions;
  const open = setUp(manifestOf({ contributions: { methods, events, openMethods: true } }));
  await open.broker('commands/register', { id: 'other' }, signal);
  assert.equal(open.commands.has('other'), true);
});

test('only events of the manifest can be announced where it lists them', async () => {
  const { broker, emitted } = setUp(manifestOf());
  await broker('events/emit', { name: 'greeted', data: null }, signal);
  await assert.rejects(broker('events/emit', { name: 'other', data: null }, signal), {
    code: ErrorCode.PermissionDenied,
  });
  assert.deepEqual(emitted, ['greeted']);
});

test('a plugin may set its own configuration and run commands', async () => {
  const { broker, emitted } = setUp(manifestOf());
  assert.equal(await broker('config/set', { key: 'a', value: true }, signal), null);
  assert.deepEqual(emitted, ['config']);
  assert.deepEqual(await broker('commands/execute', { id: 'x', args: [1] }, signal), ['x', [1]]);
});

for (const [method, params] of [
  ['storage/get', {}],
  ['storage/get', { key: 1 }],
  ['storage/get', { key: '' }],
  ['storage/get', { key: 'x'.repeat(513) }],
  ['storage/get', { key: 'k', more: 1 }],
  ['storage/set', { key: 'k' }],
  ['storage/keys', null],
  ['events/subscribe', ['x']],
  ['commands/execute', undefined],
] as const) {
  test(`${method} with ${JSON.stringify(params)?.slice(0, 40)} is refused as malformed`, async () => {
    const { broker, entries } = setUp(manifestOf({ capabilities: [storageGrant('*')] }));
    await assert.rejects(broker(method, params, signal), { code: ErrorCode.InvalidParams });
    assert.deepEqual(entries, []);
  });
}

for (const method of ['nothing', '__proto__', 'constructor', 'toString', '']) {
  test(`there is no method "${method}"`, async () => {
    const { broker } = setUp(manifestOf());
    await assert.rejects(broker(method, {}, signal), { code: ErrorCode.MethodNotFound });
  });
}

test('a plugin may not listen to any number of events', async () => {
  const { broker } = setUp(manifestOf());
  for (let n = 0; n < 1000; n++) await broker('events/subscribe', { name: `e${n}` }, signal);
  await broker('events/subscribe', { name: 'e1' }, signal);
  await assert.rejects(broker('events/subscribe', { name: 'more' }, signal), {
    code: ErrorCode.LimitExceeded,
  });
  await broker('events/unsubscribe', { name: 'e1' }, signal);
  await broker('events/subscribe', { name: 'more' }, signal);
});
