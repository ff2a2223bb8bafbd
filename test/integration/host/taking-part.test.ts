import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Talking, talkingIn } from './talking.ts';
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

test('hooks run over all plugins, in the order of their priority', async () => {
  const { start, call } = talking;
  const part = (id: string, priority: number) =>
    start(
      id,
      `hooks.register('title', (title, { hook, caller }) => title + ' ${id}(' + hook + ',' + caller.plugin + ')', { priority: ${priority} });`,
    );
  await part('hook-late', 10);
  await part('hook-early', -10);
  await start(
    'hook-runner',
    `hooks.register('title', title => title + ' own');
     command('run', value => hooks.run('title', value));
     command('collect', value => hooks.collect('title', value));
     command('nothing', () => hooks.run('unheard-of', 7));
     command('twice', () => { hooks.register('title', () => {}); });`,
  );
  const at = '(title,hook-runner)';
  assert.equal(await call('hook-runner', 'run', 'A'), `A hook-early${at} own hook-late${at}`);
  assert.deepEqual(await call('hook-runner', 'collect', 'A'), [
    { plugin: 'hook-early', value: `A hook-early${at}` },
    { plugin: 'hook-runner', value: 'A own' },
    { plugin: 'hook-late', value: `A hook-late${at}` },
  ]);
  assert.equal(await call('hook-runner', 'nothing'), 7);
  await assert.rejects(call('hook-runner', 'twice'), /has a handler for the hook/);
  await start('hook-broken', `hooks.register('title', () => { throw new TypeError('cannot'); });`);
  await assert.rejects(
    call('hook-runner', 'run', 'A'),
    /The hook "title" failed in the plugin hook-broken: cannot/,
  );
  const outcomes = (await call('hook-runner', 'collect', 'A')) as { plugin: string; error?: unknown }[];
  assert.equal(outcomes.length, 4);
  assert.deepEqual(outcomes.find(({ plugin }) => plugin === 'hook-broken')?.error, {
    code: -32004,
    message: 'cannot',
    data: { name: 'TypeError', plugin: 'hook-broken' },
  });
});

test('a chain goes through the plugins and back; each may change the value or cut it short', async () => {
  const { start, call } = talking;
  await start(
    'mw-outer',
    `middleware.use('request', async (request, next) => {
       const response = await next({ ...request, path: [...request.path, 'outer'] });
       return { ...response, status: response.status + 1 };
     }, { priority: -1 });`,
  );
  await start(
    'mw-guard',
    `middleware.use('request', (request, next) => (request.forbidden ? { status: 403, path: request.path } : next()));`,
  );
  await start(
    'mw-app',
    `middleware.use('request', async (request, next) => {
       const end = await next({ ...request, path: [...request.path, 'app'] });
       return { status: 200, path: end.path };
     }, { priority: 1 });
     command('request', value => middleware.run('request', value));`,
  );
  const request = { path: [] };
  assert.deepEqual(await call('mw-app', 'request', request), { status: 201, path: ['outer', 'app'] });
  assert.deepEqual(await call('mw-app', 'request', { ...request, forbidden: true }), {
    status: 404,
    path: ['outer'],
  });
  const run = await world.host.runMiddleware({ chain: 'request', value: request });
  assert.deepEqual(run, { status: 201, path: ['outer', 'app'] });
  assert.equal(await world.host.runMiddleware({ chain: 'no such chain', value: 5 }), 5);
});

test('next is for once and until the handler has returned, and a stranger can’t call it', async () => {
  const { start, call } = talking;
  await start(
    'next-keeper',
    `let kept;
     middleware.use('once', async (value, next) => {
       kept = next;
       const first = await next(value + 1);
       const second = await next(value).catch(error => error.code);
       return [first, second];
     });
     command('run', value => middleware.run('once', value));
     command('again', () => kept(1).catch(error => error.code));`,
  );
  assert.deepEqual(await call('next-keeper', 'run', 1), [2, -32600]);
  assert.equal(await call('next-keeper', 'again'), -32600);
});

test('a plugin that dies in a chain is an error that names it, and the chain works without it', async () => {
  const { start, call } = talking;
  await start(
    'chain-first',
    `middleware.use('fragile', (value, next) => next(value).catch(error => ['caught', error.message]));
     command('run', value => middleware.run('fragile', value));`,
  );
  await start('chain-dying', `middleware.use('fragile', () => process.exit(4), { priority: 1 });`);
  assert.deepEqual(await call('chain-first', 'run', 1), [
    'caught',
    'The middleware "fragile" failed in the plugin chain-dying: The plugin chain-dying ended before it had answered.',
  ]);
  await world.host.stop('chain-dying');
  assert.equal(await call('chain-first', 'run', 1), 1);
});

test('giving up a chain reaches the plugin at work in it', async () => {
  const { start, call } = talking;
  await start('chain-outer', `middleware.use('long', (value, next) => next(value));`);
  await start(
    'chain-inner',
    `middleware.use('long', (_, next, { signal }) => new Promise(() => {
       context.log.info('at work');
       signal.addEventListener('abort', () => context.log.info('given up'));
     }), { priority: 1 });
     command('run', () => middleware.run('long'));`,
  );
  const abort = new AbortController();
  const running = call('chain-inner', 'run', null, abort.signal);
  await logged('chain-inner', 'at work');
  abort.abort();
  await assert.rejects(running, { code: 'PW-CALL-CANCELLED' });
  await logged('chain-inner', 'given up');
});

const searcher = (label: string, more = '') => `
  providers.register('search', 'index', {
    find: async ({ words, ms = 0 }, { caller }) => { await later(ms); return ['${label}', words, caller.plugin]; },
    fail: () => { throw Object.assign(new Error('no index'), { code: 'NO_INDEX' }); },
  }, { info: { label: '${label}' } });
  ${more}`;

test('providers are listed and called, the first by default, and go with their plugin', async () => {
  const { start, call } = talking;
  await start('provider-1', searcher('one'));
  await start('provider-2', `providers.register('search', 'other', { find: () => 'two' });`);
  await start(
    'seeker',
    `command('list', () => providers.list('search'));
     command('find', ([method, args, options]) => providers.call('search', method, args, options).catch(({ code, data }) => ({ code, data })));`,
  );
  assert.deepEqual(await call('seeker', 'list'), [
    { kind: 'search', id: 'index', plugin: 'provider-1', info: { label: 'one' } },
    { kind: 'search', id: 'other', plugin: 'provider-2', info: null },
  ]);
  assert.deepEqual(await call('seeker', 'find', ['find', { words: 'x' }]), ['one', 'x', 'seeker']);
  assert.equal(await call('seeker', 'find', ['find', null, { id: 'other' }]), 'two');
  assert.deepEqual(await call('seeker', 'find', ['fail']), {
    code: -32004,
    data: { name: 'Error', code: 'NO_INDEX', plugin: 'provider-1' },
  });
  for (const [method, options] of [
    ['missing', {}],
    ['toString', {}],
    ['find', { id: 'nobody' }],
  ] as const) {
    assert.partialDeepStrictEqual(await call('seeker', 'find', [method, null, options]), { code: -32009 });
  }
  await world.host.stop('provider-1');
  assert.deepEqual(await call('seeker', 'find', ['find']), 'two');
});

test('over a reload no call of a provider is lost, and what is registered anew keeps its place', async () => {
  const { start, rewrite, call } = talking;
  await start('reloaded', searcher('old', `hooks.register('order', list => [...list, 'reloaded']);`));
  await start(
    'steady',
    `providers.register('search', 'later', { find: () => 'wrong' });
     hooks.register('order', list => [...list, 'steady']);
     let stopped = false;
     command('load', async () => {
       const answers = new Map();
       while (!stopped) {
         const [label] = await providers.call('search', 'find', { words: 'x', ms: 1 }, { id: 'index' });
         answers.set(label, (answers.get(label) ?? 0) + 1);
         if (answers.size === 1 && label === 'old' && answers.get(label) === 5) context.log.info('under load');
         if (label === 'new' && answers.get(label) === 5) stopped = true;
       }
       return [...answers.keys()];
     });
     command('order', () => hooks.run('order', []));`,
  );
  const loaded = call('steady', 'load');
  await logged('steady', 'under load');
  await rewrite('reloaded', searcher('new', `hooks.register('order', list => [...list, 'reloaded']);`));
  const status = await world.host.reload('reloaded');
  assert.deepEqual([status.generation, status.problem], [2, undefined]);
  assert.deepEqual(await loaded, ['old', 'new']);
  assert.deepEqual(await call('steady', 'order'), ['reloaded', 'steady']);
  await rewrite('reloaded', `command('nothing', () => {});`);
  await world.host.reload('reloaded');
  assert.deepEqual(await call('steady', 'order'), ['steady'], 'what the new code does not register is gone');
});

test('a plugin that activates takes part by its new code, not by the instance before', async () => {
  const { start, rewrite, call } = talking;
  const code = (label: string) => `
    hooks.register('who', list => [...list, '${label}']);
    const seen = await hooks.run('who', []);
    command('seen', () => seen);`;
  await start('self-asking', code('first'));
  assert.deepEqual(await call('self-asking', 'seen'), ['first']);
  await rewrite('self-asking', code('second'));
  await world.host.reload('self-asking');
  assert.deepEqual(await call('self-asking', 'seen'), ['second']);
});
