import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRoutes } from '../../../src/host/plugin/routes.ts';
import { swap } from '../../../src/host/plugin/swap.ts';
import type { Json } from '../../../src/protocol/plugin/index.ts';

interface Counter {
  readonly name: string;
  count: number;
}

const add = async (counter: Counter): Promise<string> => `${counter.name}${++counter.count}`;

function setUp() {
  const routes = createRoutes<Counter>();
  const old: Counter = { name: 'old', count: 5 };
  const fresh: Counter = { name: 'new', count: 0 };
  routes.resume(old);
  const ports = {
    routes,
    prepare: async () => fresh,
    takeState: async (): Promise<Json | undefined> => old.count,
    activate: async (target: Counter, state: Json | undefined) => {
      target.count = state as number;
    },
    onSwitch: (_fresh: Counter) => {},
    isAlive: () => true,
  };
  return { routes, old, fresh, ports };
}

test('the state moves over and the newcomer serves', async () => {
  const { routes, old, ports } = setUp();
  assert.equal((await swap(old, ports)).name, 'new');
  assert.equal(await routes.use(add), 'new6');
});

test('the old one serves on while the newcomer comes up', async () => {
  const { routes, old, fresh, ports } = setUp();
  const answers: string[] = [];
  await swap(old, {
    ...ports,
    prepare: async () => {
      answers.push(await routes.use(add));
      return fresh;
    },
  });
  assert.deepEqual([...answers, await routes.use(add)], ['old6', 'new7']);
});

test('calls during the hand-over wait, and count on with the state that was taken', async () => {
  const { routes, old, ports } = setUp();
  const waiting: Promise<string>[] = [];
  await swap(old, {
    ...ports,
    activate: async (target, state) => {
      waiting.push(routes.use(add), routes.use(add));
      await ports.activate(target, state);
    },
  });
  assert.deepEqual(await Promise.all(waiting), ['new6', 'new7']);
});

test('the state is taken only after calls in flight have settled', async () => {
  const { routes, old, ports } = setUp();
  const inFlight = routes.use(async counter => {
    await new Promise(resolve => setTimeout(resolve, 5));
    return add(counter);
  });
  await swap(old, ports);
  assert.equal(await inFlight, 'old6');
  assert.equal(await routes.use(add), 'new7');
});

test('code that does not load leaves the old one serving, undisturbed', async () => {
  const { routes, old, ports } = setUp();
  const failing = swap(old, {
    ...ports,
    prepare: async () => {
      throw new Error('syntax');
    },
  });
  await assert.rejects(failing, /syntax/);
  assert.equal(await routes.use(add), 'old6');
});

test('an activation that fails gives the callers that waited to the old one', async () => {
  const { routes, old, ports } = setUp();
  let waiting: Promise<string> | undefined;
  const failing = swap(old, {
    ...ports,
    activate: async () => {
      waiting = routes.use(add);
      throw new Error('refused');
    },
  });
  await assert.rejects(failing, /refused/);
  assert.equal(await waiting, 'old6');
});

test('a dead old one gets no callers back', async () => {
  const { routes, old, ports } = setUp();
  const failing = swap(old, {
    ...ports,
    isAlive: () => false,
    activate: async () => {
      throw new Error('refused');
    },
  });
  await assert.rejects(failing, /refused/);
  const waiting = routes.use(add);
  routes.close(new Error('failed'));
  await assert.rejects(waiting, /failed/);
  assert.equal(old.count, 5);
});
