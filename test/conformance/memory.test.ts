import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { decodeBlock, encodeBlock, formats } from '../../src/protocol/codec/index.ts';
import { buildShipped, createWorld, type Shipped, type World } from '../integration/host/world.ts';
import { createSubject, languagesUnderTest, peerLanguage, type Subject } from './subject.ts';

let shipped: Shipped;
before(async () => {
  shipped = await buildShipped();
});
after(() => shipped.dispose());

/** One of each kind, at its edges. Node has no float that is whole, and dates in milliseconds. */
const everything = {
  ints: [0, -1, 2 ** 53 - 1, 2n ** 53n, -(2n ** 63n), 2n ** 63n, 2n ** 64n - 1n],
  floats: [0.5, -0, Number.NaN, Infinity, -Infinity, 5e-324, 1.7976931348623157e308],
  texts: ['', 'ä 日本語 👩‍🚀', '\0'],
  bytes: [new Uint8Array(), Uint8Array.from({ length: 256 }, (_, n) => n)],
  dates: ['0001-01-01', '1969-12-31T23:59:59.999Z', '2026-02-28T12:00:00.125Z', '9999-12-31'].map(
    d => new Date(d),
  ),
  maps: [{}, { '': null }, { $int: '5' }, { $map: { $bytes: [true, false] } }],
};

for (const language of languagesUnderTest) {
  describe(`memory that a plugin in ${language.id} shares`, { skip: language.skip }, () => {
    let world: World;
    let subject: Subject;
    let peer: Subject;
    before(async () => {
      world = await createWorld(shipped);
      subject = await createSubject(world, language, 'subject');
      peer = await createSubject(world, peerLanguage, 'peer');
      await peer.start();
      await subject.start();
    });
    after(() => world.dispose());

    test('passes bytes both ways, as far as was granted', async () => {
      for (const [owner, other] of [
        [subject, peer],
        [peer, subject],
      ] as const) {
        const id = await owner.call('memory-allocate', { size: 100_000, name: 'bytes' });
        const read = (who: Subject, offset: number, length: number) =>
          who.call('memory-read', { id, offset, length });
        assert.equal(await read(owner, 99_996, 4), '00000000');
        await assert.rejects(read(other, 0, 1), 'nobody else has it yet');
        await owner.call('memory-write', { id, offset: 99_996, hex: 'deadbeef' });
        assert.equal(await owner.call('memory-share', { id, plugins: [other.id], access: 'read' }), null);
        assert.equal(await read(other, 99_995, 5), '00deadbeef');
        assert.equal(await other.call('memory-try-write', { id }), 'refused');
        assert.equal(await read(owner, 0, 1), '00');
        await owner.call('memory-share', { id, plugins: [other.id], access: 'write' });
        assert.equal(await other.call('memory-try-write', { id }), 'written');
        assert.equal(await read(owner, 0, 2), '2100');
        await assert.rejects(read(owner, 99_999, 2), 'beyond the end');
        await owner.call('memory-share', { id, plugins: [], access: 'read' });
        await assert.rejects(read(other, 0, 1), 'it was taken back');
        assert.equal(await read(owner, 0, 1), '21', 'its owner still has it');
        assert.equal(await owner.call('memory-release', { id }), null);
        await assert.rejects(read(owner, 0, 1));
      }
    });

    test('passes values with their types, in three formats', async () => {
      const value = { list: [1, 'two', null], yes: true };
      for (const [owner, other] of [
        [subject, peer],
        [peer, subject],
      ] as const) {
        const id = await owner.call('memory-allocate', { size: 4096 });
        await owner.call('memory-share', { id, plugins: [other.id], access: 'read' });
        await assert.rejects(other.call('memory-read-value', { id }), 'nothing was written yet');
        for (const format of ['json', 'msgpack', 'protobuf']) {
          assert.equal(await owner.call('memory-write-value', { id, format }), null);
          assert.deepEqual(await other.call('memory-read-value', { id }), value, format);
        }
        await owner.call('memory-release', { id });
      }
    });

    test('keeps every type of a value, from each format into each', async () => {
      const from = await subject.call('memory-allocate', { size: 8192 });
      const to = await subject.call('memory-allocate', { size: 8192 });
      for (const first of formats) {
        const block = Buffer.from(encodeBlock(everything, first));
        await subject.call('memory-write', { id: from, offset: 0, hex: block.toString('hex') });
        for (const format of formats) {
          await subject.call('memory-pass', { from, to, format });
          const hex = await subject.call('memory-read', { id: to, offset: 0, length: 8192 });
          assert.deepEqual(
            decodeBlock(Uint8Array.from(Buffer.from(hex as string, 'hex'))),
            everything,
            `${first} to ${format}`,
          );
        }
      }
      for (const id of [from, to]) await subject.call('memory-release', { id });
    });

    test('follows a segment that gets another size or is frozen', async () => {
      for (const [owner, other] of [
        [subject, peer],
        [peer, subject],
      ] as const) {
        const id = await owner.call('memory-allocate', { size: 8 });
        await owner.call('memory-share', { id, plugins: [other.id], access: 'write' });
        await other.call('memory-write', { id, offset: 0, hex: '0102030405060708' });
        const read = (who: Subject, offset: number) => who.call('memory-read', { id, offset, length: 4 });
        assert.equal(await owner.call('memory-resize', { id, size: 6 }), 6);
        await assert.rejects(read(other, 4), 'beyond the new end');
        assert.equal(await read(other, 2), '03040506');
        assert.equal(await owner.call('memory-resize', { id, size: 12 }), 12);
        assert.equal(await read(other, 4), '05060000');
        await other.call('memory-write', { id, offset: 8, hex: 'ff' });
        assert.equal(await read(owner, 8), 'ff000000');
        assert.equal(await owner.call('memory-freeze', { id }), true);
        for (const who of [owner, other]) {
          assert.equal(await who.call('memory-try-write', { id }), 'refused');
          assert.equal(await read(who, 0), '01020304');
        }
        await owner.call('memory-release', { id });
        await assert.rejects(read(other, 0), 'it is gone');
      }
    });
  });
}
