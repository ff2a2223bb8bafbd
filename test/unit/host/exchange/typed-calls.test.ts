import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDataService } from '../../../../src/host/services/data.ts';
import { callMethod } from '../../../../src/host/services/messages.ts';
import { askUntyped } from '../../../../src/host/services/typed-calls.ts';
import { ErrorCode, type Json } from '../../../../src/protocol/plugin/index.ts';
import { createPlugin, terms } from './neighbours.ts';

const echo = async (plain: Json): Promise<Json> => plain;

test('a typed call says so to the callee, and its tags pass as they are', async () => {
  const callee = createPlugin('callee', (_, { args, typed = null }) => ({ args, typed }), {
    commands: ['take'],
  });
  const args = { $int: '9007199254740993' };
  const call = { plugin: 'callee', method: 'take', args };
  assert.deepEqual(await callMethod({ ...call, typed: true }, [callee], terms), { args, typed: true });
  assert.deepEqual(await callMethod(call, [callee], terms), { args, typed: null });
});

test('an SDK without types gets plain JSON, and what it answers can’t be taken for a tag', async () => {
  assert.deepEqual(await askUntyped({ list: [1, 'two', null, 1.5], yes: true }, echo), {
    list: [1, 'two', null, 1.5],
    yes: true,
  });
  // The map { $int: '5' } is plain JSON; only its tagged form is not.
  const seen: Json[] = [];
  const back = await askUntyped({ $map: { $int: '5' } }, async plain => {
    seen.push(plain);
    return plain;
  });
  assert.deepEqual(seen, [{ $int: '5' }]);
  assert.deepEqual(back, { $map: { $int: '5' } });
});

test('what plain JSON can’t carry is refused with its place, and not sent', async () => {
  const cases: readonly (readonly [Json, RegExp])[] = [
    [{ $int: '9007199254740993' }, /integer beyond 2\^53 at \$\.$/],
    [{ a: [0, { $bytes: 'AP9/' }] }, /bytes at \$\.a\[1\]\.$/],
    [{ 'a b': { $date: '2026-11-21T15:02:02.123Z' } }, /a date at \$\["a b"\]\.$/],
    [[{ $float: 'NaN' }], /NaN at \$\[0\]\.$/],
    [{ $float: '-0' }, /-0 at \$\.$/],
    [{ $unknown: 1 }, /no tagged JSON/],
  ];
  for (const [args, message] of cases) {
    const never = async (): Promise<Json> => assert.fail('it was sent');
    await assert.rejects(askUntyped(args, never), { code: ErrorCode.InvalidParams, message });
  }
});

test('kept values go when their time is over, and each owner has keys of its own', () => {
  let now = 0;
  const data = createDataService(() => now);
  const value = { $bytes: 'AP9/' };
  data.keep('one', 'key', value, 100);
  data.keep('two', 'key', 2, 200);
  assert.deepEqual(data.find('one', 'key'), value);
  assert.equal(data.find('three', 'key'), null);
  now = 100;
  assert.equal(data.find('one', 'key'), null);
  assert.equal(data.find('two', 'key'), 2);
  assert.throws(() => data.keep('one', 'key', { $int: 'x' }, 1), { code: ErrorCode.InvalidParams });
  assert.throws(() => data.keep('one', 'key', 'x'.repeat(2 ** 20), 1), { code: ErrorCode.LimitExceeded });
});

test('kept values are bounded in number, the one unused for longest goes first', () => {
  const data = createDataService(() => 0);
  for (let n = 0; n <= 4096; n++) data.keep('one', `${n}`, n, 100);
  assert.equal(data.find('one', '0'), null);
  assert.equal(data.find('one', '1'), 1);
  assert.equal(data.find('one', '4096'), 4096);
});

test('a schema that is none, and one that is too much work, are refused', () => {
  const data = createDataService();
  assert.throws(() => data.validate(1, { anyOf: 'none' }), { code: ErrorCode.InvalidParams });
  assert.throws(() => data.validate(1, { items: { enum: [{}] } }), { code: ErrorCode.InvalidParams });
  const list = Array.from({ length: 100_000 }, () => 0);
  const choices = Array.from({ length: 10_000 }, () => ({ type: 'string' }));
  assert.throws(() => data.validate(list, { items: { anyOf: choices } }), { code: ErrorCode.LimitExceeded });
  assert.deepEqual(data.validate([1, 'x'], { items: { type: 'integer' } }), {
    valid: false,
    problems: [{ path: '$[1]', message: 'It is of kind string, not integer.' }],
  });
});
