import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PluginFailure } from '../../../src/host/plugin/bring-up.ts';
import { createWaking } from '../../../src/host/plugin/waking.ts';
import type { Letter } from '../../../src/host/services/neighbour.ts';
import type { Activation } from '../../../src/manifest/index.ts';
import type { PluginState } from '../../../src/protocol/editor/index.ts';
import { manifest } from './grants/manifest.ts';

const event = (name: string): Letter => ({ kind: 'event', name, from: 'p', data: null, size: () => 1 });
const broadcast: Letter = {
  kind: 'message',
  message: { id: '1', timestamp: 1, from: 'p', to: [], type: 'broadcast', method: 'm', data: null },
  size: () => 1,
};

function setUp(activation: Activation | undefined, began: PluginState = 'waiting') {
  const about = manifest('1.0.0', []);
  const told: string[] = [];
  const ups: { done(): void; fail(): void }[] = [];
  let state = began;
  const waking = createWaking({
    state: () => state,
    manifest: () => ({
      ...about,
      contributions: { ...about.contributions, ...(activation ? { activation } : {}) },
    }),
    enable: () =>
      new Promise((resolve, reject) => {
        state = 'starting';
        const end = (next: PluginState): void => {
          state = next;
        };
        ups.push({
          done: () => {
            end('running');
            resolve();
          },
          fail: () => {
            end('failed');
            reject(new PluginFailure({ code: 'PW-PLUGIN-LOAD', message: 'It is broken.' }, undefined));
          },
        });
      }),
    tell: letter => void told.push(letter.kind === 'event' ? letter.name : 'broadcast'),
  });
  return { waking, told, ups };
}

const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

test('a plugin that waits gets nothing but what wakes it, and from then on everything', async () => {
  const { waking, told, ups } = setUp({ events: ['user.**', 'done'], broadcasts: false });
  for (const name of ['other', 'donee', 'users.x']) waking.tell(event(name));
  waking.tell(broadcast);
  assert.deepEqual([told, ups.length, waking.underWay], [[], 0, false]);
  waking.tell(event('user.a.b'));
  assert.deepEqual([told, ups.length, waking.underWay], [['user.a.b'], 1, true]);
  waking.tell(event('other'));
  waking.tell(event('done'));
  waking.wake();
  assert.deepEqual([told, ups.length], [['user.a.b', 'other', 'done'], 1]);
  ups[0]?.done();
  await settled();
  assert.equal(waking.underWay, false);
  waking.tell(event('other'));
  assert.deepEqual([told.length, ups.length], [4, 1]);
});

test('a broadcast wakes where the manifest says so', () => {
  const { waking, told, ups } = setUp({ events: [], broadcasts: true });
  assert.equal(waking.wantsBroadcasts, true);
  waking.tell(event('any'));
  waking.tell(broadcast);
  assert.deepEqual([told, ups.length], [['broadcast'], 1]);
});

test('a manifest that names nothing leaves it to the first call', async () => {
  const { waking, told, ups } = setUp(undefined);
  waking.tell(event('any'));
  waking.tell(broadcast);
  assert.deepEqual([told, ups.length, waking.wantsBroadcasts], [[], 0, false]);
  waking.wake();
  assert.equal(waking.underWay, true);
  ups[0]?.fail();
  await settled();
  assert.equal(waking.underWay, false);
});

test('what runs is told everything, and woken by nothing', () => {
  const { waking, told, ups } = setUp({ events: ['**'], broadcasts: true }, 'running');
  waking.tell(event('any'));
  waking.wake();
  assert.deepEqual([told, ups.length], [['any'], 0]);
});
