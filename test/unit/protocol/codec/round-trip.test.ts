import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  CodecError,
  decode,
  encode,
  formats,
  fromTaggedJson,
  toTaggedJson,
  type Value,
} from '../../../../src/protocol/codec/index.ts';

const key = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('$int', '$bytes', '$map', '$date', '$float', '$', '__proto__', 'constructor', '0'),
);
const values = fc.letrec<{ value: Value }>(tie => ({
  value: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.double(),
    fc.maxSafeInteger(),
    fc
      .bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n })
      .map(big => (Number.isSafeInteger(Number(big)) ? Number(big) : big)),
    fc.string({ unit: 'grapheme' }),
    fc.uint8Array({ maxLength: 300 }),
    fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    }),
    fc.array(tie('value'), { maxLength: 20 }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 20 }).map(entries => Object.fromEntries(entries)),
  ),
})).value;

describe('any value', () => {
  for (const format of formats) {
    test(`comes back from ${format} as it was, with its types`, () => {
      fc.assert(
        fc.property(values, value => {
          assert.deepEqual(decode(encode(value, format), format), value);
        }),
        { numRuns: 500 },
      );
    });
  }

  test('is the same after a way through all three formats', () => {
    fc.assert(
      fc.property(values, value => {
        const travelled = formats.reduce((it, format) => decode(encode(it, format), format), value);
        assert.deepEqual(travelled, value);
      }),
    );
  });

  test('survives as tagged JSON in a message', () => {
    fc.assert(
      fc.property(values, value => {
        const message = JSON.stringify({ args: toTaggedJson(value) });
        assert.deepEqual(fromTaggedJson((JSON.parse(message) as { args: unknown }).args), value);
      }),
    );
  });
});

describe('any bytes', () => {
  for (const format of formats) {
    test(`are a value of ${format} or a CodecError, and nothing else`, () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
          expectValueOrError(bytes, format);
        }),
        { numRuns: 3000 },
      );
    });

    test(`of ${format} with one byte changed are a value or a CodecError`, () => {
      fc.assert(
        fc.property(values, fc.nat(), fc.nat({ max: 255 }), (value, place, byte) => {
          const bytes = encode(value, format);
          bytes[place % bytes.length] = byte;
          expectValueOrError(bytes, format);
          expectValueOrError(bytes.subarray(0, place % bytes.length), format);
        }),
        { numRuns: 500 },
      );
    });
  }
});

/** What was read can be written again, and is then read as the same. */
function expectValueOrError(bytes: Uint8Array, format: (typeof formats)[number]): void {
  let value: Value;
  try {
    value = decode(bytes, format);
  } catch (error) {
    assert.ok(error instanceof CodecError, `${error}`);
    return;
  }
  assert.deepEqual(decode(encode(value, format, { maxDepth: 100 }), format), value);
}
