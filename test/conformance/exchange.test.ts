import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { WorkbenchError } from '../../src/base/index.ts';
import { ErrorCode, type Json } from '../../src/protocol/plugin/index.ts';
import { buildShipped, createWorld, type Shipped, type World } from '../integration/host/world.ts';
import { createSubject, languagesUnderTest, peerLanguage, type Subject } from './subject.ts';

let shipped: Shipped;
before(async () => {
  shipped = await buildShipped();
});
after(() => shipped.dispose());

for (const language of languagesUnderTest) {
  describe(`what a plugin in ${language.id} does with others`, { skip: language.skip }, () => {
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

    test('listens to patterns of events', async () => {
      await subject.call('subscribe', { name: 'shop.*' });
      await subject.call('subscribe', { name: 'log.**' });
      for (const name of ['shop.open', 'shop.door.open', 'shop', 'log', 'log.a.b', 'shop:shut']) {
        await peer.call('emit', { name, data: name });
      }
      await subject.logged('info: heard shop:shut');
      const heard = (await subject.call('heard')) as { name: string; data: string }[];
      assert.deepEqual(
        heard.map(({ name, data }) => [name, data]),
        ['shop.open', 'log', 'log.a.b', 'shop:shut'].map(name => [name, name]),
      );
      await subject.call('unsubscribe', { name: 'shop.*' });
      await peer.call('emit', { name: 'shop.open' });
      await peer.call('emit', { name: 'log.end' });
      await subject.logged('info: heard log.end');
      assert.equal(subject.times('info: heard shop.open'), 1);
    });

    test('calls methods of a plugin in another language, and is called', async () => {
      const value: Json = { text: 'ä', list: [1, 2.5, null, { deep: [true] }] };
      assert.deepEqual(await subject.call('call', { plugin: 'peer', method: 'echo', args: value }), value);
      assert.deepEqual(await peer.call('call', { plugin: 'subject', method: 'echo', args: value }), value);
      const who = { plugin: 'subject', method: 'who-calls' };
      assert.deepEqual(await peer.call('call', who), { plugin: 'peer' });
      assert.deepEqual(await subject.call('who-calls'), { plugin: null });
    });

    test('errors keep their type on the way between plugins', async () => {
      const failure = { message: 'no such customer: 7', code: 'NO_SUCH_CUSTOMER', details: { id: [7] } };
      for (const [from, to] of [
        [subject, 'peer'],
        [peer, 'subject'],
      ] as const) {
        const caught = (await from.call('call-caught', {
          plugin: to,
          method: 'fail-with',
          args: failure,
        })) as Record<string, Json>;
        const { name, ...rest } = caught;
        assert.deepEqual(rest, {
          code: ErrorCode.PluginFailed,
          message: failure.message,
          word: failure.code,
          details: failure.details,
        });
        assert.ok(typeof name === 'string' && name.length > 0);
        assert.partialDeepStrictEqual(await from.call('call-caught', { plugin: 'nobody', method: 'echo' }), {
          code: ErrorCode.UnknownPlugin,
        });
        assert.partialDeepStrictEqual(await from.call('call-caught', { plugin: to, method: 'unheard-of' }), {
          code: ErrorCode.UnknownCommand,
        });
      }
      // Through two plugins, what the last one said is still there.
      const through = { plugin: 'peer', method: 'fail-with', args: failure };
      await assert.rejects(subject.call('call', through), (error: WorkbenchError) => {
        assert.equal(error.message, failure.message);
        assert.partialDeepStrictEqual(error.details, { code: failure.code, details: failure.details });
        return true;
      });
    });

    test('giving up a call gives up all that was called for it', async () => {
      const begun = subject.times('info: slow: begun');
      const abort = new AbortController();
      const inner = { plugin: 'subject', method: 'slow', args: { ms: 600_000 } };
      const outer = { plugin: 'peer', method: 'call', args: inner };
      const call = subject.call('call', outer, { signal: abort.signal });
      await subject.logged('info: slow: begun', begun + 1);
      abort.abort();
      await assert.rejects(call, { code: 'PW-CALL-CANCELLED' });
      await subject.logged('info: slow: cancelled');
    });

    test('broadcasts, and hears broadcasts', async () => {
      await subject.call('listen');
      await peer.call('listen');
      for (let n = 0; n < 20; n++) {
        assert.equal(await peer.call('broadcast', { method: 'tick', data: { n } }), 1);
      }
      await subject.logged('info: message tick', 20);
      const ticks = Array.from({ length: 20 }, (_, n) => ({ from: 'peer', method: 'tick', data: { n } }));
      assert.deepEqual(await subject.call('messages'), ticks);
      assert.equal(await subject.call('broadcast', { method: 'tock', data: 'now', to: ['peer'] }), 1);
      await peer.logged('info: message tock');
      assert.deepEqual(await peer.call('messages'), [{ from: 'subject', method: 'tock', data: 'now' }]);
    });

    test('takes part in hooks', async () => {
      assert.equal(await subject.call('hook', { hook: 'name', suffix: '-subject', priority: 2 }), null);
      await peer.call('hook', { hook: 'name', suffix: '-peer', priority: 1 });
      assert.equal(await subject.call('run-hook', { hook: 'name', value: 'x' }), 'x-peer-subject');
      assert.equal(await peer.call('run-hook', { hook: 'name', value: 'y' }), 'y-peer-subject');
      assert.deepEqual(await subject.call('collect-hook', { hook: 'name', value: 'z' }), [
        { plugin: 'peer', value: 'z-peer' },
        { plugin: 'subject', value: 'z-subject' },
      ]);
      await subject.call('unhook', { hook: 'name' });
      assert.equal(await subject.call('run-hook', { hook: 'name', value: 'x' }), 'x-peer');
      await subject.call('hook-fails', { hook: 'name', message: 'no name' });
      await assert.rejects(peer.call('run-hook', { hook: 'name', value: 'x' }), /no name/);
      const collected = await peer.call('collect-hook', { hook: 'name', value: 'z' });
      assert.partialDeepStrictEqual(collected, [
        { plugin: 'subject', error: { code: ErrorCode.PluginFailed, message: 'no name' } },
        { plugin: 'peer', value: 'z-peer' },
      ]);
      await subject.call('unhook', { hook: 'name' });
      await peer.call('unhook', { hook: 'name' });
    });

    test('takes part in chains', async () => {
      assert.equal(await subject.call('chain', { chain: 'c', name: 's', priority: 1 }), null);
      await peer.call('chain', { chain: 'c', name: 'p', priority: 2 });
      assert.equal(await peer.call('run-chain', { chain: 'c', value: 'v' }), 'v>s>p<p<s');
      assert.equal(await subject.call('run-chain', { chain: 'c', value: 'v' }), 'v>s>p<p<s');
      await subject.call('unchain', { chain: 'c' });
      assert.equal(await subject.call('run-chain', { chain: 'c', value: 'v' }), 'v>p<p');
      await peer.call('unchain', { chain: 'c' });
      await peer.call('chain', { chain: 'c', name: 'p', priority: -1 });
      await subject.call('chain-stop', { chain: 'c', name: 's' });
      assert.equal(await peer.call('run-chain', { chain: 'c', value: 'v' }), 'v>p|s<p');
      await subject.call('unchain', { chain: 'c' });
      await peer.call('unchain', { chain: 'c' });
    });

    test('provides, and uses what is provided', async () => {
      assert.equal(await subject.call('provide', { kind: 'k', id: 's', info: { fast: true } }), null);
      await peer.call('provide', { kind: 'k', id: 'p', info: null });
      const entries = [
        { kind: 'k', id: 's', plugin: 'subject', info: { fast: true } },
        { kind: 'k', id: 'p', plugin: 'peer', info: null },
      ];
      assert.deepEqual(await subject.call('providers', { kind: 'k' }), entries);
      const greet = { kind: 'k', method: 'greet', args: { name: 'Ada' } };
      assert.deepEqual(await peer.call('use-provider', greet), { id: 's', name: 'Ada' });
      assert.deepEqual(await subject.call('use-provider', { ...greet, id: 'p' }), { id: 'p', name: 'Ada' });
      const fail = { kind: 'k', method: 'fail', args: null };
      await assert.rejects(peer.call('use-provider', fail), /provider failed/);
      await assert.rejects(subject.call('use-provider', { ...fail, id: 'p' }), /provider failed/);
      await assert.rejects(peer.call('use-provider', { ...greet, method: 'none' }));
      await subject.call('unprovide', { kind: 'k', id: 's' });
      assert.deepEqual(await peer.call('use-provider', greet), { id: 'p', name: 'Ada' });
      await peer.call('unprovide', { kind: 'k', id: 'p' });
      assert.deepEqual(await subject.call('providers', { kind: 'k' }), []);
    });
  });
}
