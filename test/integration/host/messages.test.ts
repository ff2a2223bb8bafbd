import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { WorkbenchError } from '../../../src/base/index.ts';
import type { Json } from '../../../src/protocol/plugin/index.ts';
import { meshManifest, type Talking, talkingIn } from './talking.ts';
import { buildShipped, createWorld, event, type Shipped, type World } from './world.ts';

let shipped: Shipped;
let world: World;
let talking: Talking;
before(async () => {
  shipped = await buildShipped();
  world = await createWorld(shipped);
  talking = talkingIn(world);
});
after(async () => {
  await world.dispose();
  await shipped.dispose();
});

const logged = (pluginId: string, text: string) =>
  world.seen(event('log', log => log.pluginId === pluginId && log.message === text));

test('a plugin calls another’s method and learns who asked', async () => {
  const { start, call } = talking;
  await start(
    'callee',
    `command('sum', (numbers, { caller }) => ({ sum: numbers.reduce((a, b) => a + b), caller }));`,
  );
  await start(
    'caller',
    `command('add', args => plugins.call('callee', 'sum', args, { correlation: 'earlier' }));
     command('ask', args => messages.request('callee', 'sum', args));
     command('none', () => messages.request('nobody', 'sum'));
     command('missing', () => messages.request('callee', 'product'));`,
  );
  const { sum, caller } = (await call('caller', 'add', [1, 2, 3])) as Record<string, Record<string, unknown>>;
  assert.equal(sum, 6);
  assert.deepEqual([caller?.['plugin'], caller?.['correlation']], ['caller', 'earlier']);
  assert.equal(typeof caller?.['message'], 'string');
  const response = (await call('caller', 'ask', [4])) as Record<string, unknown>;
  assert.equal(response['success'], true);
  assert.deepEqual(response['data'], {
    sum: 4,
    caller: { plugin: 'caller', message: response['correlationId'] },
  });
  assert.partialDeepStrictEqual(await call('caller', 'none'), {
    success: false,
    error: { code: 'UnknownPlugin', message: 'No plugin nobody runs.' },
  });
  assert.partialDeepStrictEqual(await call('caller', 'missing'), { error: { code: 'UnknownCommand' } });
});

test('an error passes through two plugins with its code, name, message and details, and no inner stack', async () => {
  const { start, call } = talking;
  await start(
    'thrower',
    `command('fail', () => {
       throw Object.assign(new RangeError('nothing is left'), { code: 'SOLD_OUT', details: { left: 0 } });
     });`,
  );
  await start('between', `command('fail', () => plugins.call('thrower', 'fail'));`);
  await start(
    'catcher',
    `command('fail', () => plugins.call('between', 'fail').catch(error => ({
       typed: error instanceof sdk.PluginCallError, message: error.message, data: error.data,
     })));
     command('respond', () => messages.request('between', 'fail'));`,
  );
  const data = { name: 'RangeError', code: 'SOLD_OUT', details: { left: 0 }, plugin: 'thrower' };
  assert.deepEqual(await call('catcher', 'fail'), { typed: true, message: 'nothing is left', data });
  assert.partialDeepStrictEqual(await call('catcher', 'respond'), {
    error: { code: 'SOLD_OUT', message: 'nothing is left', details: { left: 0 } },
  });
  await assert.rejects(call('between', 'fail'), (error: WorkbenchError) => {
    assert.equal(error.code, 'PW-PLUGIN-THREW');
    const { stack, location, ...rest } = error.details as Record<string, unknown>;
    assert.deepEqual(rest, { ...data, method: 'fail' });
    // What the front-end sees is where the plugin it called let the error through.
    assert.match(String(stack), /between/);
    assert.partialDeepStrictEqual(location, { line: 7 });
    return true;
  });
});

test('giving up passes through two plugins, whether or not they hand the signal on', async () => {
  const { start, call } = talking;
  await start(
    'waiter',
    `command('wait', (_, { signal }) => new Promise(() => {
       context.log.info('waiting');
       signal.addEventListener('abort', () => context.log.info('given up'));
     }));`,
  );
  await start('relay', `command('wait', () => plugins.call('waiter', 'wait'));`);
  await start('impatient', `command('wait', () => plugins.call('relay', 'wait'));`);
  const abort = new AbortController();
  const call1 = call('impatient', 'wait', null, abort.signal);
  await logged('waiter', 'waiting');
  abort.abort();
  await assert.rejects(call1, { code: 'PW-CALL-CANCELLED' });
  await logged('waiter', 'given up');
});

test('a timeout is the caller’s, and no callee has more time than its caller', async () => {
  const { start, call } = talking;
  await start(
    'sleeper',
    `command('sleep', (_, { deadline, signal }) => new Promise(() => {
       context.log.info('deadline ' + deadline);
       signal.addEventListener('abort', () => context.log.info('too late'));
     }));`,
  );
  await start(
    'hurried',
    `command('short', () => messages.request('sleeper', 'sleep', null, { timeout: 30 }));
     command('long', () => plugins.call('sleeper', 'sleep', null, { timeout: 600_000 }));`,
  );
  assert.partialDeepStrictEqual(await call('hurried', 'short'), { error: { code: 'DeadlineExceeded' } });
  await logged('sleeper', 'too late');
  const seen = world.events.length;
  await assert.rejects(
    world.host.invoke({ pluginId: 'hurried', method: 'long', args: null, deadline: 2000 }),
    {
      code: 'PW-CALL-DEADLINE',
    },
  );
  const deadlines = world.events
    .slice(seen)
    .flatMap(e => (e.type === 'log' ? [/^deadline (\d+)$/.exec(e.message)?.[1]] : []))
    .filter(text => text !== undefined);
  assert.equal(deadlines.length, 1);
  assert.ok(Number(deadlines[0]) <= 2000);
});

test('plugins that call each other in a circle are stopped, and serve on', async () => {
  const { start, call } = talking;
  const partner = (other: string) =>
    `command('go', n => plugins.call('${other}', 'go', n + 1));
     command('back', async n => (n === 0 ? 'home' : plugins.call('${other}', 'back', n - 1)));`;
  await start('ping', partner('pong'));
  await start('pong', partner('ping'));
  assert.equal(await call('ping', 'back', 5), 'home', 'a plugin may be called again by one it calls');
  await assert.rejects(call('ping', 'go', 0), /ping → pong → ping/);
  assert.equal(await call('pong', 'back', 4), 'home');
});

test('a plugin that dies in the middle of a call is an error for its caller alone', async () => {
  const { start, call } = talking;
  await start('mortal', `command('die', () => process.exit(3));`);
  await start('survivor', `command('ask', () => messages.request('mortal', 'die'));`);
  assert.partialDeepStrictEqual(await call('survivor', 'ask'), {
    error: { code: 'ConnectionClosed', message: 'The plugin mortal ended before it had answered.' },
  });
});

test('methods must be exposed by the one and consumed by the other where the manifest lists them', async () => {
  const { start, call } = talking;
  await start(
    'exposing',
    `command('shown', () => 'seen');`,
    meshManifest('exposing', { exposesMethods: ['shown'], consumesMethods: [] }),
  );
  await start(
    'consuming',
    `for (const id of ['ask', 'run']) command(id, async method => {
       try {
         return await (id === 'ask' ? plugins.call('exposing', method) : context.commands.execute('exposing:' + method));
       } catch (error) { return { code: error.code, grant: error.grant }; }
     });`,
    meshManifest('consuming', { exposesMethods: ['ask', 'run'], consumesMethods: ['shown', 'hidden'] }),
  );
  for (const way of ['ask', 'run']) {
    assert.equal(await call('consuming', way, 'shown'), 'seen');
    assert.deepEqual(await call('consuming', way, 'other'), {
      code: -32001,
      grant: '"coordination": { "consumesMethods": ["other"] }',
    });
    assert.deepEqual(await call('consuming', way, 'hidden'), { code: -32006 });
  }
  const denial = await world.seen(
    event('audit', ({ pluginId, allowed }) => pluginId === 'consuming' && !allowed),
  );
  assert.deepEqual([denial.scope, denial.action, denial.resource], ['messages', 'call', 'other']);
});

test('a manifest that switches messages off cuts the plugin off', async () => {
  const { start, call } = talking;
  await start(
    'hermit',
    `command('try', async () => {
       const tries = {
         call: () => plugins.call('exposing', 'shown'), broadcast: () => messages.broadcast('x'),
         hook: () => hooks.run('x'), chain: () => middleware.run('x'), provider: () => providers.list('x'),
       };
       const grants = {};
       for (const [name, attempt] of Object.entries(tries)) {
         grants[name] = await attempt().then(() => 'done', error => error.grant);
       }
       return grants;
     });`,
    meshManifest('hermit', { exposesMethods: ['try'], consumesMethods: ['shown'], messaging: false }),
  );
  const line = '"coordination": { "messaging": true }';
  assert.deepEqual(await call('hermit', 'try'), {
    call: line,
    broadcast: line,
    hook: line,
    chain: line,
    provider: line,
  });
});

test('a broadcast reaches those who listen and are meant', async () => {
  const { start, call } = talking;
  const listener = `const heard = [];
    const listening = messages.onMessage(({ from, type, method, data }) => { heard.push([from, type, method, data]); });
    command('heard', () => heard);
    command('stop', () => { listening.dispose(); });`;
  await start('ear-1', listener);
  await start('ear-2', listener);
  await start(
    'mouth',
    `command('say', ([data, to]) => messages.broadcast('news', data, to ? { to } : undefined));
     messages.onMessage(() => { throw new Error('a broadcast comes back to nobody'); });`,
  );
  assert.equal(await call('mouth', 'say', [1]), 2);
  assert.equal(await call('mouth', 'say', [2, ['ear-2', 'mouth']]), 1);
  await call('ear-1', 'stop');
  await call('ear-1', 'heard');
  assert.equal(await call('mouth', 'say', [3]), 1);
  const news = (n: number) => ['mouth', 'broadcast', 'news', n];
  assert.deepEqual(await call('ear-1', 'heard'), [news(1)]);
  assert.deepEqual(await call('ear-2', 'heard'), [news(1), news(2), news(3)]);
});

test('the host sends messages to plugins that listen', async () => {
  const { start, call } = talking;
  await start(
    'told',
    `const heard = [];
     messages.onMessage(({ from, method, data }) => { heard.push([from, method, data]); });
     command('heard', () => heard);`,
  );
  assert.equal(world.host.sendMessage({ method: 'saved', data: 1, to: ['told', 'nobody'] }), 1);
  assert.deepEqual(await call('told', 'heard'), [['$host', 'saved', 1]]);
});

test('events come by pattern, in order, once for each handler', async () => {
  const { start, call } = talking;
  await start(
    'watcher',
    `const seen = [];
     for (const pattern of ['orders.*', 'orders.**', 'orders.paid']) {
       events.on(pattern, (data, info) => { seen.push([info.pattern, info.name, data]); });
     }
     events.once('**', (data, { name }) => { seen.push(['once', name, data]); });
     command('seen', () => seen.splice(0));`,
  );
  await start(
    'shop',
    `command('emit', async names => { for (const [n, name] of names.entries()) events.emit(name, n); await events.emit('end'); });`,
  );
  await call('shop', 'emit', ['orders.paid', 'orders:sent', 'orders.sent.late', 'stock.low']);
  assert.deepEqual(await call('watcher', 'seen'), [
    ['orders.*', 'orders.paid', 0],
    ['orders.**', 'orders.paid', 0],
    ['orders.paid', 'orders.paid', 0],
    ['once', 'orders.paid', 0],
    ['orders.*', 'orders:sent', 1],
    ['orders.**', 'orders:sent', 1],
    ['orders.**', 'orders.sent.late', 2],
  ]);
});

test('a listener that does not read loses the oldest, and disturbs nobody', async () => {
  const { start, call } = talking;
  const counting = `let count = 0; let last;
    events.on('flood.**', data => { count++; last = data.n; });
    command('count', () => ({ count, last }));`;
  await start(
    'stuck',
    `${counting} const { existsSync } = await import('node:fs');
     command('block', () => {
       context.log.info('blocked');
       const cell = new Int32Array(new SharedArrayBuffer(4));
       return later(0).then(() => { while (!existsSync('free')) Atomics.wait(cell, 0, 0, 20); });
     });`,
  );
  await start('quick', counting);
  await start(
    'flooder',
    // Never faster than the one reads that does, which shows that nothing waits for the one that does not.
    `command('flood', async ([count, size]) => {
       const padding = 'x'.repeat(size);
       for (let n = 0; n < count; n += 50) {
         await Promise.all(Array.from({ length: 50 }, (_, i) => events.emit('flood.all', { n: n + i, padding })));
         while ((await plugins.call('quick', 'count')).count < n + 50) await later(1);
       }
     });`,
  );
  const memory = process.memoryUsage().rss;
  const patiently = (pluginId: string, method: string, args: Json) =>
    world.host.invoke({ pluginId, method, args, deadline: 600_000 });
  const blocked = patiently('stuck', 'block', null);
  await logged('stuck', 'blocked');
  await patiently('flooder', 'flood', [600, 40_000]);
  assert.deepEqual(await call('quick', 'count'), { count: 600, last: 599 });
  const violation = await world.seen(event('violation', ({ pluginId }) => pluginId === 'stuck'));
  assert.deepEqual([violation.resource, violation.action], ['messageQueueBytes', 'refused']);
  assert.ok(process.memoryUsage().rss - memory < 200 * 1024 * 1024, 'what is not read piles up nowhere');
  await world.plugin('stuck', { free: '' });
  await blocked;
  const dropped = await world.seen(
    event('log', log => log.pluginId === 'stuck' && /\d+ events and messages were dropped/.test(log.message)),
  );
  const { count, last } = (await call('stuck', 'count')) as { count: number; last: number };
  assert.equal(last, 599, 'the newest came');
  assert.equal(count, 600 - Number.parseInt(dropped.message, 10));
  const warnings = world.events.filter(
    e => e.type === 'log' && e.pluginId === 'stuck' && /does not read/.test(e.message),
  );
  assert.equal(warnings.length, 1);
});
