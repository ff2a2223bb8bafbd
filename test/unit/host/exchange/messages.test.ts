import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createExchange } from '../../../../src/host/services/exchange.ts';
import { broadcast, callMethod } from '../../../../src/host/services/messages.ts';
import { ErrorCode } from '../../../../src/protocol/plugin/index.ts';
import { WireError } from '../../../../src/protocol/wire/index.ts';
import { createPlugin, manifestOf, type TestPlugin, terms } from './neighbours.ts';

const { signal } = new AbortController();
const request = (plugin: string, method: string) => ({ plugin, method, args: null });
const listed = (id: string, ...methods: string[]) =>
  manifestOf(id, {
    openMethods: false,
    methods: methods.map(method => ({ id: method, title: method, at: [] })),
  });

test('a method is called when the manifest lists it, or it is registered where none are listed', async () => {
  const open = createPlugin('open', (_, { method }) => method, { commands: ['greet'] });
  const closed = createPlugin('closed', (_, { method }) => method, { manifest: listed('closed', 'sum') });
  const peers = [open, closed];
  assert.equal(await callMethod(request('open', 'greet'), peers, terms), 'greet');
  assert.equal(await callMethod(request('closed', 'sum'), peers, terms), 'sum');
  for (const [plugin, method] of [
    ['open', 'activate'],
    ['closed', 'greet'],
  ] as const) {
    const unknown = { code: ErrorCode.UnknownCommand, data: { plugin } };
    await assert.rejects(callMethod(request(plugin, method), peers, terms), unknown);
  }
  await assert.rejects(callMethod(request('nobody', 'greet'), peers, terms), {
    code: ErrorCode.UnknownPlugin,
  });
});

test('where versions run side by side, the id alone names the only one', async () => {
  const version = (name: string) =>
    createPlugin(name, () => name, { manifest: manifestOf('math'), commands: ['sum'] });
  const [one, two] = [version('math@1.0.0'), version('math@2.0.0')];
  assert.equal(await callMethod(request('math', 'sum'), [two], terms), 'math@2.0.0');
  assert.equal(await callMethod(request('math@1.0.0', 'sum'), [one, two], terms), 'math@1.0.0');
  await assert.rejects(callMethod(request('math', 'sum'), [one, two], terms), {
    code: ErrorCode.UnknownPlugin,
    message: /math@1\.0\.0, math@2\.0\.0/,
  });
});

test('an error comes with its code, name, message and details, and without its stack', async () => {
  const data = {
    name: 'StockError',
    code: 'SOLD_OUT',
    details: { left: 0 },
    stack: 'at /home/someone/secret.js',
    location: { file: '/home/someone/secret.js', line: 1, column: 1 },
  };
  const failing = createPlugin(
    'shop',
    () => {
      throw new WireError(ErrorCode.PluginFailed, 'nothing is left', data);
    },
    { commands: ['buy'] },
  );
  await assert.rejects(callMethod(request('shop', 'buy'), [failing], terms), {
    code: ErrorCode.PluginFailed,
    message: 'nothing is left',
    data: { name: 'StockError', code: 'SOLD_OUT', details: { left: 0 }, plugin: 'shop' },
  });
});

test('what a plugin makes up as the data of an error does not come through', async () => {
  for (const [code, data, shown] of [
    [ErrorCode.PluginFailed, { stack: 'x', more: 1 }, { name: 'Error', plugin: 'shop' }],
    [ErrorCode.PermissionDenied, { scope: 1, secret: 2 }, { plugin: 'shop' }],
    [ErrorCode.DeadlineExceeded, { secret: 2 }, { plugin: 'shop' }],
    [4711, 'secret', { plugin: 'shop' }],
  ] as const) {
    const failing = createPlugin(
      'shop',
      () => {
        throw new WireError(code, 'no', data);
      },
      { commands: ['buy'] },
    );
    await assert.rejects(callMethod(request('shop', 'buy'), [failing], terms), { code, data: shown });
  }
});

/** `a` calls `b`, which calls `a`, and so on, each within the call before. */
function circle(): { a: TestPlugin; depth: () => number; start: () => Promise<unknown> } {
  let depth = 0;
  const make = (id: string, other: string): TestPlugin =>
    createPlugin(
      id,
      (_, { call }) => {
        depth++;
        return exchange.call(
          byId[id] as TestPlugin,
          { ...request(other, 'go'), during: call as string },
          signal,
        );
      },
      { commands: ['go'] },
    );
  const byId: Record<string, TestPlugin> = {};
  const exchange = createExchange(() => Object.values(byId));
  const a = make('a', 'b');
  byId['a'] = a;
  byId['b'] = make('b', 'a');
  return { a, depth: () => depth, start: () => exchange.call(a, request('b', 'go'), signal) };
}

test('a circle of calls ends at a bound, and says which plugins it went through', async () => {
  const { start, depth } = circle();
  await assert.rejects(start(), { code: ErrorCode.LimitExceeded, message: /16 calls.*a → b → a → b/ });
  assert.equal(depth(), 16);
});

test('a plugin is called on the terms of the call it was asked in', async () => {
  const seen: { due: number; chain: readonly string[]; aborted: () => boolean | undefined }[] = [];
  const last = createPlugin(
    'last',
    (_method, _params, { due, chain, signal: given }) => {
      seen.push({ due, chain, aborted: () => given?.aborted });
      return new Promise(() => {});
    },
    { commands: ['go'] },
  );
  const middle = createPlugin('middle');
  const exchange = createExchange(() => [middle, last]);
  const outer = new AbortController();
  const due = performance.now() + 5000;
  const during = middle.calls.open({ due, chain: ['first'], signal: outer.signal });
  void exchange.call(middle, { ...request('last', 'go'), timeout: 60_000, during }, signal);
  void exchange.call(middle, { ...request('last', 'go'), timeout: 1, during }, signal);
  middle.calls.close(during);
  void exchange.call(middle, { ...request('last', 'go'), timeout: 60_000, during }, signal);
  const [within, shorter, after] = seen;
  assert.ok(within && shorter && after);
  assert.deepEqual([within.due, within.chain], [due, ['first', 'middle']]);
  assert.ok(shorter.due < due);
  assert.deepEqual(after.chain, ['middle'], 'a call that is over has no bearing');
  assert.ok(after.due > due);
  outer.abort();
  assert.deepEqual([within.aborted(), shorter.aborted(), after.aborted()], [true, true, false]);
});

test('a broadcast goes to those who listen and are meant, but its sender', () => {
  const plugins = ['a', 'b', 'c', 'd'].map(id => createPlugin(id));
  const [a, b, c] = plugins;
  for (const plugin of [a, b, c]) if (plugin) plugin.registrations.listening = true;
  assert.equal(broadcast('a', { method: 'hello', data: 1, correlation: 'x' }, plugins), 2);
  assert.equal(broadcast('a', { method: 'only', data: 2, to: ['c', 'd', 'nobody'] }, plugins), 1);
  assert.equal(broadcast('a', { method: 'empty', data: 3, to: [] }, plugins), 2);
  const heard = plugins.map(({ letters }) =>
    letters.map(letter => (letter.kind === 'message' ? letter.message.data : undefined)),
  );
  assert.deepEqual(heard, [[], [1, 3], [1, 2, 3], []]);
  const [letter] = b?.letters ?? [];
  assert.ok(letter?.kind === 'message');
  const { id, timestamp, ...message } = letter.message;
  assert.ok(id.length > 0 && timestamp > 0);
  assert.deepEqual(message, {
    from: 'a',
    to: [],
    type: 'broadcast',
    method: 'hello',
    data: 1,
    correlation: 'x',
  });
  assert.ok(letter.size() > 0);
});
