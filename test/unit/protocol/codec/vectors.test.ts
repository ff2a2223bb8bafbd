import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CodecError, decode, encode } from '../../../../src/protocol/codec/index.ts';
import { fromNeutral, vectors } from './neutral.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const unhex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

describe('the golden vectors', () => {
  for (const { name, value, json, msgpack, protobuf } of vectors.values) {
    test(`${name} is written and read as they say`, () => {
      const meant = fromNeutral(value);
      assert.equal(Buffer.from(encode(meant, 'json')).toString(), json);
      assert.equal(hex(encode(meant, 'msgpack')), msgpack);
      assert.equal(hex(encode(meant, 'protobuf')), protobuf);
      assert.deepEqual(decode(Buffer.from(json), 'json'), meant);
      assert.deepEqual(decode(unhex(msgpack), 'msgpack'), meant);
      assert.deepEqual(decode(unhex(protobuf), 'protobuf'), meant);
    });
  }

  for (const { name, value, json, msgpack, protobuf } of vectors.wholeFloats) {
    test(`${name} is read as they say, but for its kind`, () => {
      const meant = fromNeutral(value);
      assert.deepEqual(decode(Buffer.from(json), 'json'), meant);
      assert.deepEqual(decode(unhex(msgpack), 'msgpack'), meant);
      assert.deepEqual(decode(unhex(protobuf), 'protobuf'), meant);
    });
  }

  for (const { name, format, hex: bytes, value } of vectors.accepted) {
    test(`${format}: ${name} is read`, () => {
      assert.deepEqual(decode(unhex(bytes), format), fromNeutral(value));
    });
  }

  for (const { name, format, hex: bytes } of vectors.refused) {
    test(`${format}: ${name} is refused`, () => {
      assert.throws(() => decode(unhex(bytes), format), CodecError);
    });
  }
});
