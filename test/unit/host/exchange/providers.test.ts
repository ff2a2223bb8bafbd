import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callProvider, listProviders } from '../../../../src/host/services/providers.ts';
import {
  createRegistrations,
  MAX_REGISTERED,
  providerKey,
  type Registrations,
} from '../../../../src/host/services/registrations.ts';
import { ErrorCode, type Json } from '../../../../src/protocol/plugin/index.ts';
import { createPlugin, type TestPlugin, terms } from './neighbours.ts';

function provide(plugin: TestPlugin, kind: string, id: string, info: Json = null): void {
  plugin.registrations.providers.add(providerKey(kind, id), { kind, id, info });
}

const call = (peers: TestPlugin[], id?: string) =>
  callProvider({ kind: 'search', id, method: 'find', args: 'x' }, peers, terms);

test('the provider that was registered first is the default; any other is called by its id', async () => {
  const make = (id: string) =>
    createPlugin(id, (_, params) => [id, params['id'], params['method'], params['args']]);
  const [a, b] = [make('a'), make('b')];
  provide(b, 'search', 'old', { version: 1 });
  provide(a, 'search', 'new');
  provide(a, 'store', 'other');
  const peers = [a, b];
  assert.deepEqual(listProviders('search', peers), [
    { kind: 'search', id: 'old', plugin: 'b', info: { version: 1 } },
    { kind: 'search', id: 'new', plugin: 'a', info: null },
  ]);
  assert.deepEqual(await call(peers), ['b', 'old', 'find', 'x']);
  assert.deepEqual(await call(peers, 'new'), ['a', 'new', 'find', 'x']);
  for (const id of ['other', 'none']) {
    await assert.rejects(call(peers, id), { code: ErrorCode.NotFound, message: /search/ });
  }
  await assert.rejects(call([a], 'old'), { code: ErrorCode.NotFound });
});

test('kinds and ids that only look alike are kept apart', () => {
  assert.notEqual(providerKey('a', 'b/c'), providerKey('a/b', 'c'));
  assert.notEqual(providerKey('a","b', 'c'), providerKey('a', 'b","c'));
});

test('what a new instance registers again keeps its place; what it does not is gone', () => {
  let order = 0;
  let serving: Registrations | undefined;
  const make = () => createRegistrations({ nextOrder: () => ++order, previous: () => serving });
  const before = make();
  before.hooks.add('x', { priority: 5 });
  before.providers.add('p', { kind: 'k', id: 'p', info: null });
  serving = before;
  const after = make();
  after.hooks.add('y', { priority: 0 });
  after.hooks.add('x', { priority: 1 });
  assert.deepEqual(after.hooks.get('x'), { priority: 1, order: 1 });
  assert.deepEqual(after.hooks.get('y'), { priority: 0, order: 3 });
  assert.equal(after.providers.get('p'), undefined);
  after.hooks.add('y', { priority: 9 });
  assert.deepEqual(after.hooks.get('y'), { priority: 9, order: 3 }, 'a new priority is no new place');
});

test('an instance may not register without end', () => {
  const { hooks } = createRegistrations({ nextOrder: () => 0, previous: () => undefined });
  for (let n = 0; n < MAX_REGISTERED; n++) assert.ok(hooks.add(`h${n}`, { priority: 0 }));
  assert.equal(hooks.add('more', { priority: 0 }), false);
  assert.ok(hooks.add('h1', { priority: 1 }));
  hooks.delete('h1');
  assert.ok(hooks.add('more', { priority: 0 }));
});
