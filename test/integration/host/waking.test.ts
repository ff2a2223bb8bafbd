import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Json } from '../../../src/protocol/plugin/index.ts';
import { guideManifest } from './plugins.ts';
import { buildShipped, createWorld, event, type Shipped, type World } from './world.ts';

let shipped: Shipped;
let world: World;
before(async () => {
  shipped = await buildShipped();
  world = await createWorld(shipped);
  await start(
    'speaker',
    `export function activate({ commands, events, messages }) {
      commands.register('emit', async names => { for (const name of names) await events.emit(name, { name }); });
      commands.register('broadcast', method => messages.broadcast(method, 1, { to: ['told', 'deaf'] }));
    }`,
  );
});
after(async () => {
  await world.dispose();
  await shipped.dispose();
});

const call = (pluginId: string, method: string, args: Json = null): Promise<Json> =>
  world.host.invoke({ pluginId, method, args });

/** Hears every event and broadcast, and says which. */
const listener = `
  const heard = [];
  export function activate({ commands, events, log, messages }) {
    const hear = what => { heard.push(what); log.info('heard ' + what); };
    events.on('**', (_, { name }) => hear(name));
    messages.onMessage(({ method }) => hear(method));
    commands.register('heard', () => heard);
  }
`;

async function start(id: string, code: string, activation?: readonly string[]) {
  const more = activation === undefined ? {} : { 'x-activationEvents': activation };
  const dir = await world.plugin(id, { 'plugin.json': guideManifest(id, more), 'index.mjs': code });
  return world.host.start({ dir, watch: false, ...(activation === undefined ? {} : { lazy: true }) });
}

const heard = (pluginId: string, what: string): Promise<unknown> =>
  world.seen(event('log', one => one.pluginId === pluginId && one.message === `heard ${what}`));
const stateOf = (pluginId: string): string => world.host.status(pluginId).state;

test('an event that the manifest names starts the plugin, which hears it and those that come meanwhile', async () => {
  const { state } = await start('waits', listener, ['onEvent:user.*', 'onEvent:exact']);
  assert.equal(state, 'waiting');
  await call('speaker', 'emit', ['other.created', 'user', 'exact.not']);
  assert.equal(stateOf('waits'), 'waiting');
  await call('speaker', 'emit', ['user.created', 'other.meanwhile', 'user.changed']);
  await heard('waits', 'user.changed');
  // What came while nothing woke it is not kept for it.
  assert.deepEqual(await call('waits', 'heard'), ['user.created', 'other.meanwhile', 'user.changed']);
  assert.equal(stateOf('waits'), 'running');
});

test('a call that comes while an event wakes it waits, too', async () => {
  await start('called', listener, ['onEvent:knock']);
  const starting = world.seen(
    event('state', ({ status }) => status.pluginId === 'called' && status.state === 'starting'),
  );
  await call('speaker', 'emit', ['knock']);
  await starting;
  assert.deepEqual(await call('called', 'heard'), ['knock']);
});

test('a broadcast starts it where the manifest says so, and counts it', async () => {
  await start('told', listener, ['onBroadcast']);
  await start('deaf', listener, ['onEvent:never']);
  await call('speaker', 'emit', ['anything']);
  assert.equal(stateOf('told'), 'waiting');
  assert.equal(await call('speaker', 'broadcast', 'first'), 1);
  assert.equal(await call('speaker', 'broadcast', 'second'), 1);
  await heard('told', 'second');
  assert.deepEqual(await call('told', 'heard'), ['first', 'second']);
  assert.equal(stateOf('deaf'), 'waiting');
});

test('one that is disabled sleeps on, and one that fails to start says so', async () => {
  await start('asleep', listener, ['onEvent:alarm']);
  await start('broken', 'throw new Error("not today");', ['onEvent:alarm']);
  await world.host.disable('asleep');
  const failed = world.seen(
    event('state', ({ status }) => status.pluginId === 'broken' && status.state === 'failed'),
  );
  await call('speaker', 'emit', ['alarm']);
  await failed;
  assert.equal(stateOf('asleep'), 'disabled');
  await world.host.enable('asleep');
  assert.deepEqual(await call('asleep', 'heard'), []);
});
