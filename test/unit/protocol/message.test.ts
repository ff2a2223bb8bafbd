import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { bytesNestDeeper, textNestsDeeper } from '../../../src/protocol/wire/depth.ts';
import { defaultWireLimits } from '../../../src/protocol/wire/index.ts';
import { decodeMessage } from '../../../src/protocol/wire/message.ts';

const decode = (text: string): ReturnType<typeof decodeMessage> =>
  decodeMessage(Buffer.from(text), defaultWireLimits);

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

describe('nesting depth', () => {
  test('is what a walk over the parsed value finds, brackets in strings aside', () => {
    const values = fc.jsonValue({ maxDepth: 8, stringUnit: fc.constantFrom('[', '{', '"', '\\', 'a', ']') });
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 9 }), (value, limit) => {
        const text = JSON.stringify(value);
        assert.equal(bytesNestDeeper(Buffer.from(text), limit), depthOf(value) > limit);
        assert.equal(textNestsDeeper(text, limit), depthOf(value) > limit);
      }),
    );
  });

  test('a hundred thousand levels are refused, not parsed', () => {
    const deep = decode('['.repeat(100_000) + ']'.repeat(100_000));
    assert.deepEqual(deep, {
      kind: 'depth',
      message: 'A message nests arrays and objects deeper than 64 levels.',
      used: 65,
      limit: 64,
    });
  });
});

describe('decoding a message', () => {
  test('any bytes give a message or a violation, never an exception', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map(b => Buffer.from(b)),
      fc.json().map(text => Buffer.from(text)),
      fc
        .record(
          {
            jsonrpc: fc.constantFrom('2.0', '1.0', 2),
            id: fc.jsonValue(),
            method: fc.oneof(fc.string(), fc.jsonValue()),
            params: fc.jsonValue(),
            result: fc.jsonValue(),
            error: fc.jsonValue(),
          },
          { requiredKeys: [] },
        )
        .map(value => Buffer.from(JSON.stringify(value))),
    );
    const kinds = ['request', 'notification', 'result', 'error', 'malformed', 'depth'];
    fc.assert(
      fc.property(bytes, body => assert.ok(kinds.includes(decodeMessage(body, defaultWireLimits).kind))),
    );
  });

  for (const text of [
    'null',
    '[]',
    '"text"',
    '[{"jsonrpc":"2.0","method":"m"}]',
    '{"jsonrpc":"1.0","method":"m"}',
    '{"jsonrpc":"2.0","method":5}',
    '{"jsonrpc":"2.0","method":"m","params":7}',
    '{"jsonrpc":"2.0","id":1.5,"method":"m"}',
    '{"jsonrpc":"2.0","id":null,"method":"m"}',
    '{"jsonrpc":"2.0","id":{},"result":1}',
    '{"jsonrpc":"2.0","id":1}',
    '{"jsonrpc":"2.0","id":1,"result":1,"error":{"code":1,"message":"m"}}',
    '{"jsonrpc":"2.0","id":1,"error":"no"}',
    '{"jsonrpc":"2.0","id":1,"error":{"code":"x","message":"m"}}',
    '{"jsonrpc":"2.0","id":1,"method":"m","result":1}',
    '{"jsonrpc":"2.0",',
  ]) {
    test(`malformed: ${text}`, () => assert.equal(decode(text).kind, 'malformed'));
  }

  test('bytes that are no UTF-8 are malformed', () => {
    const body = Buffer.concat([
      Buffer.from('{"jsonrpc":"2.0","method":"'),
      Buffer.from([0xff]),
      Buffer.from('"}'),
    ]);
    assert.equal(decodeMessage(body, defaultWireLimits).kind, 'malformed');
  });

  test('keys named __proto__ are dropped at every level, escaped ones too', () => {
    const text =
      '{"jsonrpc":"2.0","method":"m","__proto__":{"id":1},"params":{"a":{"__proto__":{"x":1},"\\u005f_proto__":2,"b":3}}}';
    const message = decode(text);
    assert.ok(message.kind === 'notification');
    assert.deepEqual(message.params, { a: { b: 3 } });
    assert.equal(Object.getPrototypeOf((message.params as { a: object }).a), Object.prototype);
    assert.equal(({} as { x?: number }).x, undefined);
  });
});
