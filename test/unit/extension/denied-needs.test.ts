import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDeniedNeeds } from '../../../src/extension/plugins/denied-needs.ts';
import type { HostEvent } from '../../../src/protocol/editor/index.ts';
import { status } from './entries.ts';

const denial = (resource: string, more: Partial<Extract<HostEvent, { type: 'audit' }>> = {}): HostEvent => ({
  type: 'audit',
  pluginId: 'hello',
  timestamp: 0,
  scope: 'storage',
  action: 'write',
  resource,
  allowed: false,
  grant: '"storage": true',
  ...more,
});

test('each thing is kept once, and only what a manifest could allow', () => {
  const needs = createDeniedNeeds();
  assert.deepEqual(needs.receive(denial('k')), { pluginId: 'hello' });
  assert.equal(needs.receive(denial('k')), undefined);
  assert.equal(needs.receive(denial('l', { allowed: true })), undefined);
  assert.equal(needs.receive(denial('m', { grant: undefined })), undefined);
  assert.deepEqual(
    needs.of('hello').map(({ resource }) => resource),
    ['k'],
  );
  assert.deepEqual(needs.of('other'), []);
});

test('a plugin that asks for ever new things does not fill the manifest with marks', () => {
  const needs = createDeniedNeeds();
  for (let i = 0; i < 1000; i++) needs.receive(denial(`k${i}`));
  assert.equal(needs.of('hello').length, 20);
});

test('a start, a reload and changed grants begin anew; a readout of the state does not', () => {
  const needs = createDeniedNeeds();
  const state = (changes: Parameters<typeof status>[0]): HostEvent => ({
    type: 'state',
    status: status(changes),
  });
  needs.receive(state({ generation: 1 }));
  for (const event of [
    state({ state: 'starting' }),
    state({ generation: 2 }),
    { type: 'grants', pluginId: 'hello', grants: [] } satisfies HostEvent,
  ] as const) {
    needs.receive(denial('k'));
    assert.equal(needs.receive(state({ state: 'reloading', generation: 1 })), undefined);
    assert.equal(needs.of('hello').length, 1);
    assert.deepEqual(needs.receive(event), { pluginId: 'hello' });
    assert.deepEqual(needs.of('hello'), []);
  }
});
