import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRoutes } from '../../../src/host/plugin/routes.ts';
import { ErrorCode } from '../../../src/protocol/plugin/index.ts';

interface Target {
  readonly name: string;
}
const a: Target = { name: 'a' };
const b: Target = { name: 'b' };
const nameOf = async (target: Target): Promise<string> => target.name;

test('callers wait until a target is there, and are served in order', async () => {
  const routes = createRoutes<Target>();
  const order: number[] = [];
  const calls = [1, 2, 3].map(n =>
    routes.use(async target => {
      order.push(n);
      return target.name + n;
    }),
  );
  routes.resume(a);
  assert.deepEqual(await Promise.all(calls), ['a1', 'a2', 'a3']);
  assert.deepEqual(order, [1, 2, 3]);
});

test('while held, new callers wait and go to the new target; work that has begun stays', async () => {
  const routes = createRoutes<Target>();
  routes.resume(a);
  let release = (): void => {};
  const begun = routes.use(async target => {
    await new Promise<void>(resolve => {
      release = resolve;
    });
    return target.name;
  });
  routes.hold();
  const held = routes.use(nameOf);
  assert.equal(routes.inFlight(a), 1);
  routes.resume(b);
  assert.equal(await held, 'b');
  release();
  assert.equal(await begun, 'a');
  assert.equal(routes.inFlight(a), 0);
});

test('posts keep their place among the calls', async () => {
  const routes = createRoutes<Target>();
  const seen: string[] = [];
  const first = routes.use(async () => seen.push('call 1'));
  routes.post(() => seen.push('event'));
  const last = routes.use(async () => seen.push('call 2'));
  routes.resume(a);
  await Promise.all([first, last]);
  assert.deepEqual(seen, ['call 1', 'event', 'call 2']);
});

test('closing refuses those who wait and those who come', async () => {
  const routes = createRoutes<Target>();
  const waiting = routes.use(nameOf);
  routes.close(new Error('gone'));
  await assert.rejects(waiting, /gone/);
  await assert.rejects(routes.use(nameOf), /gone/);
  routes.resume(b);
  assert.equal(await routes.use(nameOf), 'b');
});

test('a caller gives up when its signal aborts or its deadline passes, and is not served later', async () => {
  const routes = createRoutes<Target>();
  const abort = new AbortController();
  let ran = 0;
  const work = async (): Promise<void> => {
    ran++;
  };
  const cancelled = routes.use(work, { signal: abort.signal });
  const late = routes.use(work, { deadlineMs: 1 });
  abort.abort();
  await assert.rejects(cancelled, { code: ErrorCode.Cancelled });
  await assert.rejects(late, { code: ErrorCode.DeadlineExceeded });
  routes.resume(a);
  assert.equal(ran, 0);
});

test('too many callers are refused rather than piled up', async () => {
  const routes = createRoutes<Target>();
  const waiting = Array.from({ length: 10_000 }, () => routes.use(nameOf));
  await assert.rejects(routes.use(nameOf), { code: ErrorCode.LimitExceeded });
  routes.resume(a);
  assert.equal((await Promise.all(waiting)).length, 10_000);
});

test('idle resolves when the last work is done, or false when time is over', async () => {
  const routes = createRoutes<Target>();
  routes.resume(a);
  assert.equal(await routes.idle(a, 1000), true);
  let release = (): void => {};
  const work = routes.use(
    () =>
      new Promise<void>(resolve => {
        release = resolve;
      }),
  );
  assert.equal(await routes.idle(a, 1), false);
  const idle = routes.idle(a, 60_000);
  release();
  assert.equal(await idle, true);
  await work;
});

test('work that fails is settled too', async () => {
  const routes = createRoutes<Target>();
  routes.resume(a);
  await assert.rejects(
    routes.use(async () => {
      throw new Error('no');
    }),
    /no/,
  );
  assert.equal(routes.inFlight(a), 0);
});
