import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import { buildShipped, createWorld, type Shipped, type World } from '../integration/host/world.ts';
import { createSubject, languagesUnderTest, peerLanguage, type Subject } from './subject.ts';

let shipped: Shipped;
before(async () => {
  shipped = await buildShipped();
});
after(() => shipped.dispose());

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

    const lacks = (t: TestContext): boolean => {
      if (subject.offers('memory-allocate')) return false;
      t.skip(`the plugin in ${language.id} does not offer shared memory`);
      return true;
    };

    test('passes bytes both ways, as far as was granted', async t => {
      if (lacks(t)) return;
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

    test('passes values with their types, in three formats', async t => {
      if (lacks(t)) return;
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
  });
}
