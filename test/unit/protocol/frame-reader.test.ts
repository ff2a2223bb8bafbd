import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createFrameReader, type FrameReader } from '../../../src/protocol/wire/frame-reader.ts';
import type { WireViolation } from '../../../src/protocol/wire/index.ts';
import { frame } from './connected-peers.ts';

interface Reading {
  readonly reader: FrameReader;
  readonly bodies: string[];
  readonly violations: WireViolation[];
}

function read(maxMessageBytes = 1000): Reading {
  const bodies: string[] = [];
  const violations: WireViolation[] = [];
  const reader = createFrameReader({
    maxMessageBytes,
    onBody: body => bodies.push(body.toString('utf8')),
    onViolation: violation => violations.push(violation),
  });
  return { reader, bodies, violations };
}

/** Cuts bytes at the given fractions. */
function cut(bytes: Buffer, at: readonly number[]): Buffer[] {
  const places = [0, ...at.map(f => Math.floor(f * bytes.length)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, i) => bytes.subarray(places[i], end));
}

const fraction = fc.double({ min: 0, max: 1, noNaN: true });

describe('cutting a stream into messages', () => {
  test('any messages come out whole, however the stream is cut', () => {
    const texts = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }), { maxLength: 8 });
    fc.assert(
      fc.property(texts, fc.array(fraction, { maxLength: 20 }), (messages, cuts) => {
        const { reader, bodies, violations } = read();
        for (const chunk of cut(Buffer.concat(messages.map(frame)), cuts)) reader.push(chunk);
        assert.deepEqual(
          bodies,
          messages.map(text => Buffer.from(text).toString('utf8')),
        );
        assert.deepEqual(violations, []);
        assert.equal(reader.partial, false);
      }),
    );
  });

  test('a stream that comes byte by byte', () => {
    const { reader, bodies } = read();
    for (const byte of Buffer.concat([frame('"one"'), frame('"two"')])) reader.push(Buffer.from([byte]));
    assert.deepEqual(bodies, ['"one"', '"two"']);
  });

  test('other spellings of the header are read too', () => {
    const { reader, bodies, violations } = read();
    reader.push(
      Buffer.from('content-length:2\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n{}'),
    );
    assert.deepEqual([bodies, violations], [['{}'], []]);
  });

  test('hostile bytes never throw, and give at most one violation, after which nothing is delivered', () => {
    const hostile = fc.oneof(
      fc.uint8Array({ maxLength: 2000 }).map(bytes => Buffer.from(bytes)),
      fc.string({ maxLength: 60 }).map(text => Buffer.from(`Content-Length: ${text}\r\n\r\n{}`)),
      fc.integer().map(n => Buffer.from(`Content-Length: ${n}\r\n\r\n`)),
      fc.constant(frame('{}')),
    );
    fc.assert(
      fc.property(
        fc.array(hostile, { maxLength: 6 }),
        fc.array(fraction, { maxLength: 10 }),
        (parts, cuts) => {
          const { reader, bodies, violations } = read();
          for (const chunk of cut(Buffer.concat(parts), cuts)) {
            const before = bodies.length;
            const broken = violations.length > 0;
            reader.push(chunk);
            if (broken) assert.equal(bodies.length, before);
          }
          assert.ok(violations.length <= 1);
        },
      ),
    );
  });

  test('a message of 100 MB is refused when its header is read', () => {
    const { reader, violations } = read();
    reader.push(Buffer.from(`Content-Length: ${100 * 1024 * 1024}\r\n\r\n`));
    assert.deepEqual(violations, [
      {
        kind: 'messageSize',
        message: 'A message of 104857600 bytes was announced; 1000 are allowed.',
        used: 104857600,
        limit: 1000,
      },
    ]);
  });

  for (const [what, bytes] of [
    ['text that is no header', 'hello world\n'],
    ['a negative length', 'Content-Length: -5\r\n\r\n'],
    ['a length twice', 'Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}'],
    ['a length that is no number', 'Content-Length: 0x10\r\n\r\n'],
    ['a length beyond counting', 'Content-Length: 99999999999999999999\r\n\r\n'],
    ['an unknown header', 'X-Evil: 1\r\nContent-Length: 2\r\n\r\n{}'],
    ['no length', 'Content-Type: text\r\n\r\n{}'],
    ['lines that end without a return', 'Content-Length: 2\n\n{}'],
    ['a header without an end', `Content-Type: ${'x'.repeat(1100)}`],
    ['an empty message', 'Content-Length: 0\r\n\r\n'],
  ] as const) {
    test(`malformed: ${what}`, () => {
      const { reader, bodies, violations } = read();
      reader.push(Buffer.from(bytes));
      assert.deepEqual([bodies, violations.map(v => v.kind)], [[], ['malformed']]);
    });
  }

  test('held, it keeps messages back and delivers them in order afterwards', () => {
    const { reader, bodies } = read();
    reader.hold();
    reader.push(Buffer.concat([frame('"1"'), frame('"2"')]));
    reader.push(frame('"3"'));
    assert.deepEqual(bodies, []);
    reader.release();
    assert.deepEqual(bodies, ['"1"', '"2"', '"3"']);
  });

  test('held and released from within a delivery, no message is lost or doubled', () => {
    const bodies: string[] = [];
    const reader: FrameReader = createFrameReader({
      maxMessageBytes: 1000,
      onBody: body => {
        bodies.push(body.toString());
        reader.hold();
        if (bodies.length % 2 === 0) reader.release();
      },
      onViolation: violation => assert.fail(violation.message),
    });
    reader.push(Buffer.concat(['"1"', '"2"', '"3"', '"4"', '"5"'].map(frame)));
    while (reader.held) reader.release();
    assert.deepEqual(bodies, ['"1"', '"2"', '"3"', '"4"', '"5"']);
  });
});
