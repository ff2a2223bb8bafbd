import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOOK_DEADLINE_MS, runHook } from '../../../../src/host/services/hooks.ts';
import { ErrorCode, type Json } from '../../../../src/protocol/plugin/index.ts';
import { WireError } from '../../../../src/protocol/wire/index.ts';
import { type Answer, createPlugin, type TestPlugin, terms } from './neighbours.ts';

function handler(
  id: string,
  priority: number,
  answer: Answer = (_, { value }) => [...(value as Json[]), id],
) {
  const plugin = createPlugin(id, answer);
  plugin.registrations.hooks.add('render', { priority });
  return plugin;
}

const failing =
  (code: number, message: string): Answer =>
  () => {
    throw new WireError(code, message, { name: 'RangeError', stack: 'secret' });
  };

const run = (peers: TestPlugin[], mode: 'waterfall' | 'collect' = 'waterfall') =>
  runHook('render', [], mode, peers, terms);

test('handlers run by priority, equal ones as they were registered, and each gets what the one before returned', async () => {
  const [a, b, c, d] = [handler('a', 10), handler('b', 0), handler('c', -1), handler('d', 0)];
  assert.deepEqual(await run([d, a, createPlugin('none'), b, c]), ['c', 'b', 'd', 'a']);
});

test('without a handler the value comes back', async () => {
  assert.deepEqual(await run([]), []);
  assert.deepEqual(await run([], 'collect'), []);
});

test('a failure ends a waterfall and names the plugin, without its stack', async () => {
  let asked = false;
  const late = handler('late', 2, () => {
    asked = true;
  });
  const broken = handler('broken', 1, failing(ErrorCode.PluginFailed, 'no'));
  await assert.rejects(run([handler('fine', 0), broken, late]), {
    code: ErrorCode.PluginFailed,
    message: 'The hook "render" failed in the plugin broken: no',
    data: { name: 'RangeError', plugin: 'broken' },
  });
  assert.equal(asked, false);
});

test('collect gives every answer the same value, in order, failures included', async () => {
  const peers = [
    handler('slow', 0, async (_, { value }) => {
      await new Promise(resolve => setTimeout(resolve, 20));
      return ['slow', value];
    }),
    handler('broken', 1, failing(ErrorCode.DeadlineExceeded, 'too late')),
    handler('fast', 2, (_, { value }) => ['fast', value]),
  ];
  assert.deepEqual(await run(peers, 'collect'), [
    { plugin: 'slow', value: ['slow', []] },
    {
      plugin: 'broken',
      error: { code: ErrorCode.DeadlineExceeded, message: 'too late', data: { plugin: 'broken' } },
    },
    { plugin: 'fast', value: ['fast', []] },
  ]);
});

test('a plugin that has its handler no longer is left out', async () => {
  const gone = handler('gone', 0, failing(ErrorCode.NotFound, 'none'));
  assert.deepEqual(await run([gone, handler('there', 1)]), ['there']);
  assert.deepEqual(await run([gone], 'collect'), []);
});

test('each handler has a deadline of its own, and never more than the caller has', async () => {
  const dues: number[] = [];
  const peers = [
    handler('a', 0, (_method, _params, { due }) => {
      dues.push(due);
    }),
  ];
  const before = performance.now();
  await run(peers);
  await runHook('render', null, 'waterfall', peers, { due: before + 5, chain: [] });
  const [own = 0, given] = dues;
  assert.ok(own >= before + HOOK_DEADLINE_MS && own <= performance.now() + HOOK_DEADLINE_MS);
  assert.equal(given, before + 5);
});
