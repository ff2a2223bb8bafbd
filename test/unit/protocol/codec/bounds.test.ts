import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  CodecError,
  chooseFormat,
  createValueCache,
  decode,
  decodeBlock,
  encode,
  encodeBlock,
  formats,
  useBinaryFormat,
} from '../../../../src/protocol/codec/index.ts';

const fault = (expected: string) => (error: unknown) =>
  error instanceof CodecError && error.fault === expected;
const nested = (depth: number): unknown => (depth === 0 ? [] : [nested(depth - 1)]);

for (const format of formats) {
  describe(`the bounds of ${format}`, () => {
    test('depth, when it is written and when it is read', () => {
      const deep = encode(nested(63), format);
      assert.throws(() => encode(nested(64), format), fault('depth'));
      assert.deepEqual(decode(deep, format), nested(63));
      assert.throws(() => decode(deep, format, { maxDepth: 63 }), fault('depth'));
    });

    test('size, when it is written and when it is read', () => {
      const bytes = new Uint8Array(1000);
      assert.throws(() => encode(bytes, format, { maxBytes: 1000 }), fault('size'));
      const written = encode(bytes, format, { maxBytes: 2000 });
      assert.throws(() => decode(written, format, { maxBytes: written.length - 1 }), fault('size'));
      assert.equal((decode(written, format, { maxBytes: written.length }) as Uint8Array).length, 1000);
    });

    test('what no other language has is refused, with its place', () => {
      const circle: unknown[] = [];
      circle.push(circle);
      assert.throws(() => encode(circle, format), fault('depth'));
      for (const [value, place] of [
        [{ a: [1, () => 1] }, '$.a[1]'],
        [{ 'a b': new URL('https://example.com') }, '$["a b"]'],
        [[undefined], '$[0]'],
        [{ x: 2n ** 64n }, '$.x'],
        [{ x: 'half \ud83c' }, '$.x'],
        [[new Date(Number.NaN)], '$[0]'],
        [[new Date('+010000-01-01T00:00:00Z')], '$[0]'],
        [[new Float64Array(1)], '$[0]'],
      ] as const) {
        assert.throws(
          () => encode(value, format),
          error => fault('unsupported')(error) && (error as CodecError).path === place,
          place,
        );
      }
      assert.throws(() => encode(new Map([[1, 2]]), format), fault('unsupported'));
    });

    test('a Map is a map, what is undefined is left out, and a view is its own bytes', () => {
      const value = new Map<string, unknown>([
        ['a', undefined],
        ['b', Buffer.from('xyz').subarray(1)],
      ]);
      assert.deepEqual(decode(encode(value, format), format), { b: new Uint8Array([121, 122]) });
    });
  });
}

describe('a block of shared memory', () => {
  test('says its format and length, and is read from a larger place', () => {
    for (const [index, format] of formats.entries()) {
      const block = encodeBlock({ a: 1n }, format);
      assert.deepEqual([...block.subarray(0, 4)], [index + 1, 0, 0, 0]);
      assert.equal(new DataView(block.buffer).getUint32(4, true), block.length - 8);
      assert.deepEqual(decodeBlock(Buffer.concat([block, Buffer.alloc(50)])), { a: 1 });
    }
  });

  test('one that is empty, unknown, cut or too small is an error', () => {
    const block = encodeBlock('value', 'msgpack');
    for (const bytes of [
      new Uint8Array(100),
      new Uint8Array([9, 0, 0, 0, 0, 0, 0, 0]),
      block.subarray(0, block.length - 1),
      block.subarray(0, 7),
      new Uint8Array([2, 0, 0, 0, 255, 255, 255, 255, 0]),
    ]) {
      assert.throws(() => decodeBlock(bytes), fault('malformed'));
    }
  });
});

test('two sides use MessagePack when both have it, then Protobuf, then JSON', () => {
  const all = ['json', 'msgpack', 'protobuf'];
  assert.equal(useBinaryFormat(all, ['msgpack']), true);
  assert.equal(useBinaryFormat(all, undefined), false);
  assert.equal(chooseFormat(all, all), 'msgpack');
  assert.equal(chooseFormat(all, ['json', 'protobuf']), 'protobuf');
  assert.equal(chooseFormat(['msgpack'], ['protobuf']), 'json');
  assert.equal(chooseFormat(undefined, all), 'json');
});

test('the cache forgets what is old, and what was not used for longest when it is full', () => {
  let time = 0;
  const cache = createValueCache({ maxBytes: 10, ttlMs: 100, now: () => time });
  const bytes = (length: number): Uint8Array => new Uint8Array(length);
  cache.set('a', bytes(4));
  cache.set('b', bytes(4));
  assert.equal(cache.get('a')?.length, 4);
  cache.set('c', bytes(4));
  assert.equal(cache.get('b'), undefined);
  assert.equal(cache.bytes, 8);
  cache.set('a', bytes(2));
  assert.equal(cache.bytes, 6);
  cache.set('huge', bytes(11));
  assert.equal(cache.get('huge'), undefined);
  time = 100;
  assert.equal(cache.get('a'), undefined);
  cache.set('d', bytes(10));
  assert.equal(cache.bytes, 10);
  cache.delete('d');
  assert.equal(cache.bytes, 0);
});
