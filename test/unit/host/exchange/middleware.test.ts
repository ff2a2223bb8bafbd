import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMiddleware } from '../../../../src/host/services/middleware.ts';
import { ErrorCode, type Json } from '../../../../src/protocol/plugin/index.ts';
import { WireError } from '../../../../src/protocol/wire/index.ts';
import { createPlugin, type TestPlugin, terms } from './neighbours.ts';

const { signal } = new AbortController();

type Work = (value: Json, next: (value: Json) => Promise<Json>, run: string) => unknown;

function setUp() {
  const middleware = createMiddleware();
  const peers: TestPlugin[] = [];
  return {
    middleware,
    add: (id: string, priority: number, work: Work) => {
      const plugin = createPlugin(id, (_, { value, run }) =>
        work(value as Json, changed => middleware.next(id, run as string, changed, signal), run as string),
      );
      plugin.registrations.chains.add('request', { priority });
      peers.push(plugin);
    },
    run: (value: Json) => middleware.run('request', value, peers, terms),
  };
}

const wrap =
  (id: string): Work =>
  async (value, next) => [`${id} out`, ...((await next([...(value as Json[]), `${id} in`])) as Json[])];

test('a value goes in through the chain by priority and comes out the other way round', async () => {
  const { add, run, middleware } = setUp();
  add('inner', 5, wrap('inner'));
  add('outer', -5, wrap('outer'));
  assert.deepEqual(await run([]), ['outer out', 'inner out', 'outer in', 'inner in']);
  assert.equal(middleware.size, 0);
});

test('a chain without handlers gives the value back', async () => {
  assert.equal(await setUp().run(7), 7);
});

test('a handler that does not call next cuts the chain short', async () => {
  const { add, run } = setUp();
  let reached = false;
  add('outer', 0, wrap('outer'));
  add('short', 1, () => ['short']);
  add('inner', 2, () => {
    reached = true;
  });
  assert.deepEqual(await run([]), ['outer out', 'short']);
  assert.equal(reached, false);
});

test('next is for once, for the plugin that was asked, and until it has answered', async () => {
  const { add, run, middleware } = setUp();
  let kept: (() => Promise<Json>) | undefined;
  add('twice', 0, async (value, next, token) => {
    kept = () => next(value);
    await assert.rejects(middleware.next('other', token, value, signal), { code: ErrorCode.InvalidRequest });
    const first = await next(value);
    await assert.rejects(next(value), { code: ErrorCode.InvalidRequest, message: /already/ });
    return first;
  });
  assert.equal(await run('x'), 'x');
  assert.ok(kept);
  await assert.rejects(kept(), { code: ErrorCode.InvalidRequest, message: /over/ });
  await assert.rejects(middleware.next('twice', 'made up', null, signal), { code: ErrorCode.InvalidRequest });
});

test('a failure goes to the handler before, which may catch it, and is named once', async () => {
  const { add, run, middleware } = setUp();
  const seen: unknown[] = [];
  add('catcher', 0, async (value, next) => {
    try {
      return await next(value);
    } catch (error) {
      seen.push((error as Error).message);
      return 'caught';
    }
  });
  add('passing', 1, (value, next) => next(value));
  add('dead', 2, () => {
    throw new WireError(ErrorCode.ConnectionClosed, 'gone');
  });
  assert.equal(await run(1), 'caught');
  assert.deepEqual(seen, [
    'The middleware "request" failed in the plugin dead: The plugin dead ended before it had answered.',
  ]);
  assert.equal(middleware.size, 0);
});

test('what nobody waits for any more is given up', async () => {
  const middleware = createMiddleware();
  let inner: AbortSignal | undefined;
  const first = createPlugin('first', (_, { value, run }) => {
    void middleware.next('first', run as string, value as Json, signal).catch(() => {});
    return 'early';
  });
  const second = createPlugin('second', (_method, _params, given) => {
    inner = given.signal;
    return new Promise(() => {});
  });
  first.registrations.chains.add('request', { priority: 0 });
  second.registrations.chains.add('request', { priority: 1 });
  assert.equal(await middleware.run('request', null, [first, second], terms), 'early');
  assert.equal(inner?.aborted, true);
});

test('a plugin that has its handler no longer is left out', async () => {
  const { add, run } = setUp();
  add('gone', 0, () => {
    throw new WireError(ErrorCode.NotFound, 'none');
  });
  add('there', 1, wrap('there'));
  assert.deepEqual(await run([]), ['there out', 'there in']);
});
