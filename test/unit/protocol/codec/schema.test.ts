import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { generateSchema, type ValueSchema, validateSchema } from '../../../../src/protocol/codec/index.ts';
import { fromNeutral, vectors } from './neutral.ts';

describe('a schema made of a value', () => {
  test('describes its types, with what every item of a list has required', () => {
    const value = {
      name: 'x',
      at: new Date(0),
      data: new Uint8Array(2),
      points: [{ x: 1, y: 2.5 }, { x: 2 }, null],
      mixed: [[1], ['a'], []],
    };
    assert.deepEqual(generateSchema(value), {
      type: 'object',
      properties: {
        name: { type: 'string' },
        at: { type: 'string', format: 'date-time' },
        data: { type: 'string', contentEncoding: 'base64' },
        points: {
          type: 'array',
          items: {
            anyOf: [
              { type: 'null' },
              {
                type: 'object',
                properties: { x: { type: 'integer' }, y: { type: 'number' } },
                required: ['x'],
              },
            ],
          },
        },
        mixed: {
          type: 'array',
          items: { type: 'array', items: { anyOf: [{ type: 'integer' }, { type: 'string' }] } },
        },
      },
      required: ['name', 'at', 'data', 'points', 'mixed'],
    });
  });

  test('fits the value it was made of', () => {
    for (const { value } of vectors.values) {
      const meant = fromNeutral(value);
      assert.deepEqual(validateSchema(meant, generateSchema(meant)), []);
    }
    const any = fc.anything({ withNullPrototype: true, withDate: true, maxDepth: 4 });
    fc.assert(
      fc.property(fc.array(any), values => {
        let schema: ValueSchema;
        try {
          schema = generateSchema(values);
        } catch {
          // It holds something that is no value.
          return;
        }
        assert.deepEqual(validateSchema(values, schema), []);
      }),
    );
  });
});

describe('validating', () => {
  const schema: ValueSchema = {
    type: 'object',
    properties: {
      id: { type: 'integer', minimum: 1 },
      tags: { type: 'array', items: { type: 'string', maxLength: 3 }, maxItems: 2 },
      kind: { enum: ['a', 'b'] },
      when: { type: ['string', 'null'], format: 'date-time' },
    },
    required: ['id'],
    additionalProperties: false,
  };

  test('says where what is wrong', () => {
    assert.deepEqual(validateSchema({ id: 5n, tags: ['ok'], kind: 'a', when: null }, schema), []);
    const wrong = { tags: ['long🎉', 'x', 1], kind: 'c', when: 'today', 'a b': 1 };
    assert.deepEqual(validateSchema(wrong, schema), [
      { path: '$', message: 'The member "id" is missing.' },
      { path: '$.tags', message: 'It has 3 items; 2 are the most.' },
      { path: '$.tags[0]', message: 'It has 5 characters; 3 are the most.' },
      { path: '$.tags[2]', message: 'It is of kind int, not string.' },
      { path: '$.kind', message: 'It is none of "a", "b".' },
      { path: '$.when', message: 'It is of kind string, not a date or null.' },
      { path: '$["a b"]', message: 'There is no such member.' },
    ]);
  });

  test('bounds hold for integers of any size, and NaN is within none', () => {
    const bounded: ValueSchema = { minimum: 0, maximum: 10 };
    for (const value of [-1n, 2n ** 63n, Number.NaN]) assert.equal(validateSchema(value, bounded).length, 1);
    for (const value of [0, 10, 9.5]) assert.deepEqual(validateSchema(value, bounded), []);
  });

  test('a keyword nobody looks at is a problem', () => {
    const [problem] = validateSchema('x', { pattern: '^x$' } as ValueSchema);
    assert.match(problem?.message ?? '', /pattern/);
  });
});
