import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { WorkbenchError } from '../../src/base/index.ts';
import { ErrorCode, type Json, type PluginErrorData } from '../../src/protocol/plugin/index.ts';
import { buildShipped, createWorld, event, type Shipped, type World } from '../integration/host/world.ts';
import { createSubject, languagesUnderTest, peerLanguage, type Subject } from './subject.ts';

let shipped: Shipped;
before(async () => {
  shipped = await buildShipped();
});
after(() => shipped.dispose());

/** What JSON can carry, at its edges. */
const values: readonly (readonly [string, Json])[] = [
  ['null', null],
  ['booleans', [true, false]],
  ['integers', [0, -1, 2 ** 31, -(2 ** 31) - 1, 2 ** 53 - 1, -(2 ** 53) + 1]],
  ['fractions', [0.1, -0.5, 1e300, 5e-324, 1.7976931348623157e308, 123456789.125]],
  ['text', ['', 'plain', 'späte Grüße', '日本語', '👩‍🚀 𝒳', '"\\/\b\f\n\r\t\u0000\u001f\u007f\u2028\u2029']],
  ['empty containers', [[], {}, [[]], [{}], { a: {} }]],
  ['odd keys', { '': 1, ' ': 2, 'a.b': 3, constructor: 4, __class__: 5, ключ: 6, 'new\nline': 7, '👩‍🚀': 8 }],
  ['mixed', { list: [1, 'two', null, { three: [3.5] }], nested: { deep: { deeper: [[[1]]] } } }],
  ['a deep value', nest(50)],
];

function nest(depth: number): Json {
  let value: Json = [];
  for (let i = 1; i < depth; i++) value = [value];
  return value;
}

for (const language of languagesUnderTest) {
  describe(`a plugin in ${language.id}`, { skip: language.skip }, () => {
    let world: World;
    let subject: Subject;
    let peer: Subject;
    before(async () => {
      world = await createWorld(shipped);
      subject = await createSubject(world, language, 'subject');
      peer = await createSubject(world, peerLanguage, 'peer');
      await peer.start();
      await subject.start({ color: 'red', size: { width: 2 } });
    });
    after(() => world.dispose());

    test('runs in the sandbox, and knows who it is', async () => {
      const status = subject.status();
      assert.equal(status?.state, 'running');
      assert.equal(status?.confinement?.level, 'sandboxed');
      assert.match(status?.runtime ?? '', new RegExp(`^${language.id} \\d`));
      await subject.logged('info: active');
      assert.deepEqual(await subject.call('describe'), {
        pluginId: 'subject',
        name: `Conformance ${language.id}`,
        version: '1.2.3',
        pluginDir: subject.dir,
      });
    });

    for (const [title, value] of values) {
      test(`hands ${title} back as it came`, async () => {
        assert.deepEqual(await subject.call('echo', value), value);
      });
    }

    test('tells what it throws, and where', async () => {
      const marked = await subject.markedLine('throw');
      await assert.rejects(subject.call('throw', { message: 'too – far 🙈' }), (error: WorkbenchError) => {
        assert.deepEqual([error.code, error.message], ['PW-PLUGIN-THREW', 'too – far 🙈']);
        const { name, location, stack } = error.details as unknown as PluginErrorData;
        assert.ok(name.length > 0);
        assert.equal(location?.file, `${subject.dir}/${language.source}`);
        assert.equal(location?.line, marked);
        if (language.stack) assert.match(stack ?? '', language.stack);
        return true;
      });
      await assert.rejects(subject.call('no-such-command'), { code: 'PW-COMMAND-UNKNOWN' });
    });

    test('answers that it is well', async () => {
      const { health, latencyMs } = await world.host.health(subject.id);
      assert.notEqual(latencyMs, undefined, health);
    });

    test('hears when its caller gives up', async () => {
      const abort = new AbortController();
      const begun = subject.times('info: slow: begun');
      const call = subject.call('slow', { ms: 600_000 }, { signal: abort.signal });
      await subject.logged('info: slow: begun', begun + 1);
      abort.abort();
      await assert.rejects(call, { code: 'PW-CALL-CANCELLED' });
      await subject.logged('info: slow: cancelled');
    });

    test('hears when its time is over', async () => {
      const cancelled = subject.times('info: slow: cancelled');
      await assert.rejects(subject.call('slow', { ms: 600_000 }, { deadline: 200 }), {
        code: 'PW-CALL-DEADLINE',
      });
      await subject.logged('info: slow: cancelled', cancelled + 1);
      assert.equal(await subject.call('slow', { ms: 5 }), 'done');
    });

    test('works on calls at the same time', async () => {
      const waiting = [1, 2, 3].map(() => subject.call('wait', { gate: 'g' }));
      await subject.logged('info: waiting g', 3);
      assert.equal(await subject.call('echo', 'meanwhile'), 'meanwhile');
      assert.equal(await subject.call('open', { gate: 'g', value: { n: 1 } }), 3);
      assert.deepEqual(await Promise.all(waiting), [{ n: 1 }, { n: 1 }, { n: 1 }]);
    });

    test('keeps values', async () => {
      const use = (op: string, key = '', value: Json = null) =>
        subject.call('storage', { op, ...(key ? { key } : {}), ...(op === 'set' ? { value } : {}) });
      assert.equal(await use('get', 'k'), null);
      assert.equal(await use('set', 'k', { a: [1, 'é'] }), null);
      await use('set', '__proto__', 2);
      assert.deepEqual(await use('get', 'k'), { a: [1, 'é'] });
      assert.deepEqual([...((await use('keys')) as string[])].sort(), ['__proto__', 'k']);
      assert.deepEqual([await use('delete', 'k'), await use('delete', 'k')], [true, false]);
      assert.equal(await use('get', 'k'), null);
    });

    test('runs commands of a plugin in another language, and its own', async () => {
      const value = { text: 'ä', list: [1, 2.5, null] };
      assert.deepEqual(await subject.call('execute', { id: 'peer:echo', args: value }), value);
      assert.deepEqual(await subject.call('execute', { id: 'subject:echo', args: [1] }), [1]);
      assert.deepEqual(await peer.call('execute', { id: 'subject:echo', args: value }), value);
    });

    test('gets typed errors of what it calls', async () => {
      const caught = (id: string, args: Json = null) => subject.call('execute-caught', { id, args });
      assert.partialDeepStrictEqual(await caught('unheard-of'), {
        method: 'commands/execute',
        code: ErrorCode.UnknownCommand,
      });
      assert.deepEqual(await caught('peer:throw', { message: 'from afar' }), {
        method: 'commands/execute',
        code: ErrorCode.PluginFailed,
        message: 'from afar',
      });
      await assert.rejects(subject.call('execute', { id: 'peer:throw', args: { message: 'let through' } }), {
        code: 'PW-PLUGIN-THREW',
        message: 'let through',
      });
    });

    test('passes a cancellation on to what it called', async () => {
      const abort = new AbortController();
      const begun = peer.times('info: slow: begun');
      const cancelled = peer.times('info: slow: cancelled');
      const args = { id: 'peer:slow', args: { ms: 600_000 } };
      const call = subject.call('execute', args, { signal: abort.signal });
      await peer.logged('info: slow: begun', begun + 1);
      abort.abort();
      await assert.rejects(call, { code: 'PW-CALL-CANCELLED' });
      await peer.logged('info: slow: cancelled', cancelled + 1);
    });

    test('hears events in order, until it no longer listens', async () => {
      await subject.call('subscribe', { name: 'news' });
      for (let n = 0; n < 50; n++) await peer.call('emit', { name: 'news', data: { n } });
      await subject.logged('info: heard news', 50);
      const heard = Array.from({ length: 50 }, (_, n) => ({ name: 'news', from: 'peer', data: { n } }));
      assert.deepEqual(await subject.call('heard'), heard);
      await peer.call('subscribe', { name: 'from-subject' });
      await subject.call('emit', { name: 'from-subject', data: null });
      await peer.logged('info: heard from-subject');
      await subject.call('unsubscribe', { name: 'news' });
      await subject.call('subscribe', { name: 'last' });
      await peer.call('emit', { name: 'news', data: 'unheard' });
      await peer.call('emit', { name: 'last' });
      await subject.logged('info: heard last');
      assert.equal(subject.times('info: heard news'), 50);
    });

    test('logs at four levels, and its streams are its log', async () => {
      for (const level of ['debug', 'info', 'warn', 'error']) {
        await subject.call('log', { level, message: `a line 100 % at ${level}` });
        await subject.logged(`${level}: a line 100 % at ${level}`);
      }
      await subject.call('print', { stream: 'stdout', text: 'grüße 🙂' });
      await subject.logged('stdout info: grüße 🙂');
      await subject.call('print', { stream: 'stderr', text: 'trouble' });
      await subject.logged('stderr error: trouble');
      await subject.call('print-bytes');
      await subject.call('print', { stream: 'stdout', text: 'after the bytes' });
      await subject.logged('stdout info: after the bytes');
      assert.equal(await subject.call('echo', 'still there'), 'still there');
    });

    test('reads its settings, changes them, and hears of changes', async () => {
      const get = (key: string, fallback: Json = null) => subject.call('config-get', { key, fallback });
      assert.deepEqual([await get('color'), await get('size')], ['red', { width: 2 }]);
      assert.equal(await get('depth', 'fallback'), 'fallback');
      assert.equal(await subject.call('config-set', { key: 'color', value: 'blue' }), null);
      await subject.logged('info: config color "blue"');
      assert.equal(await get('color'), 'blue');
      assert.deepEqual(await subject.call('config-all'), { color: 'blue', size: { width: 2 } });
      assert.equal(subject.times('info: config color "blue"'), 1);
    });

    test('registers commands at any time, and takes them back', async () => {
      assert.equal(await subject.call('register', { id: 'extra' }), null);
      assert.deepEqual(await subject.call('extra'), { registered: 'extra' });
      assert.equal(await subject.call('unregister', { id: 'extra' }), null);
      await assert.rejects(subject.call('extra'), { code: 'PW-COMMAND-UNKNOWN' });
    });

    test('what is too large is an error of that call alone', async () => {
      const large = (await subject.call('large', { bytes: 3_000_000 })) as string;
      assert.equal(large.length, 3_000_000);
      const limit = { code: 'PW-LIMIT-EXCEEDED' };
      await assert.rejects(subject.call('large', { bytes: 5_000_000 }), limit);
      assert.equal(await subject.call('large-call', { bytes: 5_000_000 }), ErrorCode.LimitExceeded);
      await subject.call('deep', { depth: 60 });
      await assert.rejects(subject.call('deep', { depth: 70 }), limit);
      assert.equal(await subject.call('echo', 'still there'), 'still there');
    });

    test('is slowed down when it is in a hurry, not cut off', async () => {
      // Far more at once than the host works on, and more in all than it takes in that time.
      for (let round = 0; round < 3; round++) {
        assert.equal(await subject.call('burst', { calls: 5000 }, { deadline: 300_000 }), 5000);
      }
      assert.equal(
        await subject.call('burst', { calls: 5000, id: 'peer:edition' }, { deadline: 300_000 }),
        5000,
      );
      assert.equal(subject.status()?.state, 'running');
      const refused = world.events.filter(one => one.type === 'violation' && one.action !== 'warned');
      assert.deepEqual(refused, []);
    });

    test('is reloaded with its state, and loses no call', async () => {
      await subject.call('count');
      assert.equal(await subject.call('count'), 2);
      const begun = subject.times('info: slow: begun');
      const inFlight = subject.call('slow', { ms: 1500 });
      await subject.logged('info: slow: begun', begun + 1);
      await subject.edit('second');
      const status = await subject.reload();
      assert.deepEqual([status.state, status.generation, status.problem], ['running', 2, undefined]);
      await subject.logged('info: restored 2');
      assert.equal(await subject.call('edition'), 'second');
      assert.equal(await subject.call('count'), 3);
      assert.equal(await inFlight, 'done');
      await subject.logged('info: deactivated');
    });

    test('what its manifest does not grant is denied with the line to add', async () => {
      await subject.stop();
      await subject.grant([]);
      await subject.start();
      const denied = (await subject.call('denied', { key: 'k' })) as Record<string, string>;
      const { grant, ...need } = denied;
      assert.deepEqual(need, { scope: 'storage', action: 'write', resource: 'k' });
      assert.match(grant ?? '', /"scope": "memory"/);
      const marked = await subject.markedLine('denied');
      await assert.rejects(subject.call('denied-unhandled', { key: 'k' }), (error: WorkbenchError) => {
        assert.equal(error.code, 'PW-PERMISSION-DENIED');
        const { location } = error.details as { location: { file: string; line: number } };
        assert.equal(location.file, `${subject.dir}/${language.source}`);
        assert.equal(location.line, marked);
        return true;
      });
      await world.seen(
        event('audit', one => one.pluginId === 'subject' && !one.allowed && one.resource === 'k'),
      );
    });

    test('says goodbye when it is stopped', async () => {
      const times = subject.times('info: deactivated');
      await subject.stop();
      assert.equal(subject.times('info: deactivated'), times + 1);
      assert.equal(subject.status(), undefined);
    });

    test('a failure that nobody waits for ends it, and is told with its place', async () => {
      await subject.start();
      const failed = seenFailed(world);
      await subject
        .call('crash')
        .catch((error: WorkbenchError) => assert.equal(error.code, 'PW-PLUGIN-GONE'));
      const { problem } = await failed;
      assert.equal(problem?.code, 'PW-PLUGIN-CRASHED');
      assert.match(problem?.message ?? '', /exit code 1.*conformance crash/s);
      assert.equal(problem?.location?.file, `${subject.dir}/${language.source}`);
      assert.equal(problem?.location?.line, await subject.markedLine('crash'));
    });

    test('an exit is told with its code', async () => {
      await subject.start();
      const failed = seenFailed(world);
      await assert.rejects(subject.call('exit', { code: 7 }), { code: 'PW-PLUGIN-GONE' });
      assert.match((await failed).problem?.message ?? '', /exit code 7/);
    });

    for (const { title, files, code, message, place } of language.broken) {
      test(`${title} is told at ${place}`, async () => {
        const broken = await createSubject(world, language, 'broken');
        await broken.write(files);
        await assert.rejects(broken.start(), (error: WorkbenchError) => {
          assert.equal(error.code, code);
          assert.match(error.message, message);
          return true;
        });
        const location = broken.status()?.problem?.location;
        assert.equal(`${location?.file}:${location?.line}`, `${broken.dir}/${place}`);
        await broken.stop();
      });
    }
  });
}

/** Resolves with the next status in which the subject has failed. */
async function seenFailed(world: World) {
  const past = new Set(world.events);
  const found = await world.seen(
    event(
      'state',
      one => one.status.pluginId === 'subject' && one.status.state === 'failed' && !past.has(one),
    ),
  );
  return found.status;
}
