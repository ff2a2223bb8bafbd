import assert from 'node:assert/strict';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { ErrorCode } from '../../../src/protocol/plugin/index.ts';
import { createWirePeer, WireError, type WirePeer } from '../../../src/protocol/wire/index.ts';
import { frame, openSocketPair, type Recorder, record, type SocketPair } from './connected-peers.ts';

let sockets: SocketPair;
beforeEach(async () => {
  sockets = await openSocketPair();
});
afterEach(() => sockets.close());

/** Two peers that talk; `left` asks, `right` is what is described. */
function connectPeers(right: Partial<Recorder['options']>, left: Partial<Recorder['options']> = {}) {
  const leftRecord = record(left);
  const rightRecord = record(right);
  return {
    left: createWirePeer(sockets.left, leftRecord.options),
    right: createWirePeer(sockets.right, rightRecord.options),
    leftRecord,
    rightRecord,
  };
}

/** One peer against a raw socket that may write anything. */
function connectRaw(overrides: Partial<Recorder['options']> = {}) {
  const recorded = record(overrides);
  const peer: WirePeer = createWirePeer(sockets.right, recorded.options);
  return { peer, recorded, raw: sockets.left };
}

const code = (expected: number) => (error: unknown) => error instanceof WireError && error.code === expected;

describe('requests between peers', () => {
  test('are answered with what the handler gives, in both directions at once', async () => {
    const { left, right } = connectPeers(
      { onRequest: async (method, params) => ({ method, params }) },
      { onRequest: async () => 'left' },
    );
    const answers = await Promise.all([
      left.request('a', { x: 'é' }),
      right.request('b', {}),
      left.request('c', [1]),
    ]);
    assert.deepEqual(answers, [{ method: 'a', params: { x: 'é' } }, 'left', { method: 'c', params: [1] }]);
    assert.equal(left.pending, 0);
  });

  test('reject with the code and data a handler throws; other errors become internal ones', async () => {
    const { left } = connectPeers({
      onRequest: async method => {
        throw method === 'denied'
          ? new WireError(ErrorCode.PermissionDenied, 'no', { grant: 'line' })
          : new Error('oops');
      },
    });
    await assert.rejects(left.request('denied', {}), {
      code: ErrorCode.PermissionDenied,
      message: 'no',
      data: { grant: 'line' },
    });
    await assert.rejects(left.request('other', {}), { code: ErrorCode.InternalError, message: 'oops' });
  });

  test('a handler that throws before it returns a promise is answered too', async () => {
    const { left } = connectPeers({
      onRequest: () => {
        throw new WireError(ErrorCode.InvalidParams, 'at once');
      },
    });
    await assert.rejects(left.request('m', {}), code(ErrorCode.InvalidParams));
  });

  test('a result that is no JSON, or too large, or too deep, is an error answer and the connection lives', async () => {
    const deep = JSON.parse('['.repeat(100) + ']'.repeat(100)) as unknown;
    const results: Record<string, unknown> = {
      big: 10n,
      long: 'x'.repeat(5 * 1024 * 1024),
      deep,
      gone: undefined,
    };
    const { left, leftRecord } = connectPeers({ onRequest: async method => results[method] });
    await assert.rejects(left.request('big', {}), /The result of "big" is no JSON/);
    await assert.rejects(left.request('long', {}), code(ErrorCode.LimitExceeded));
    await assert.rejects(left.request('deep', {}), /deeper than 64 levels/);
    assert.equal(await left.request('gone', {}), null);
    assert.deepEqual(leftRecord.violations, []);
  });

  test('that are too large or no JSON are refused before they are sent', async () => {
    const { left, rightRecord } = connectPeers({});
    await assert.rejects(
      left.request('m', { text: 'x'.repeat(5 * 1024 * 1024) }),
      code(ErrorCode.LimitExceeded),
    );
    await assert.rejects(left.request('m', { n: 1n }), code(ErrorCode.InvalidParams));
    assert.equal(left.notify('m', { text: 'x'.repeat(5 * 1024 * 1024) }), false);
    assert.deepEqual(await left.request('m', { ok: true }), { ok: true });
    assert.deepEqual(rightRecord.violations, []);
  });

  test('messages of megabytes arrive whole', async () => {
    const { left } = connectPeers({});
    const text = 'é'.repeat(1_500_000);
    assert.deepEqual(await left.request('echo', { text }), { text });
  });
});

describe('cancellation and deadlines', () => {
  /** A handler that only ends when it is told to. */
  function waiting() {
    let told = (): void => {};
    const stopped = new Promise<void>(resolve => {
      told = resolve;
    });
    const onRequest = (_method: string, _params: unknown, signal: AbortSignal): Promise<unknown> =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          told();
          reject(new WireError(ErrorCode.Cancelled, 'stopped'));
        });
      });
    return { onRequest, stopped };
  }

  test('an aborted request rejects at once and the handler is told', async () => {
    const { onRequest, stopped } = waiting();
    const { left } = connectPeers({ onRequest });
    const controller = new AbortController();
    const request = left.request('slow', {}, { signal: controller.signal });
    controller.abort();
    await assert.rejects(request, code(ErrorCode.Cancelled));
    await stopped;
    assert.equal(left.pending, 0);
    await assert.rejects(left.request('m', {}, { signal: controller.signal }), code(ErrorCode.Cancelled));
  });

  test('a request past its deadline rejects and the handler is told; a longer one goes on', async () => {
    const { onRequest, stopped } = waiting();
    const { left } = connectPeers({ onRequest });
    const long = left.request('long', {}, { deadlineMs: 60_000 });
    const short = left.request('slow', {}, { deadlineMs: 20 });
    await assert.rejects(short, {
      code: ErrorCode.DeadlineExceeded,
      message: '"slow" was not answered within 20 ms.',
    });
    await stopped;
    assert.equal(left.pending, 1);
    left.dispose();
    await assert.rejects(long, code(ErrorCode.ConnectionClosed));
  });

  test('when the connection ends, own requests reject and handlers are told', async () => {
    const { onRequest, stopped } = waiting();
    const { left, right, rightRecord } = connectPeers({ onRequest });
    const request = left.request('slow', {});
    const asked = right.request('echo', {});
    await asked;
    sockets.left.destroy();
    await assert.rejects(request, code(ErrorCode.ConnectionClosed));
    await Promise.all([stopped, rightRecord.closed]);
    await assert.rejects(right.request('m', {}), code(ErrorCode.ConnectionClosed));
    assert.equal(right.notify('m', {}), false);
  });
});

describe('a hostile peer', () => {
  for (const [what, bytes, kind] of [
    ['garbage', Buffer.from('\u0000\u0001garbage\n'), 'malformed'],
    ['a frame of garbage', frame('not json'), 'malformed'],
    ['an announced 100 MB', Buffer.from('Content-Length: 104857600\r\n\r\n'), 'messageSize'],
    ['nesting of 100 000 levels', frame(`${'['.repeat(100_000)}${']'.repeat(100_000)}`), 'depth'],
    ['a batch', frame([{ jsonrpc: '2.0', method: 'm' }]), 'malformed'],
    [
      'a cancellation of nothing',
      frame({ jsonrpc: '2.0', method: '$/cancelRequest', params: {} }),
      'malformed',
    ],
  ] as const) {
    test(`${what} ends the connection with a violation of kind ${kind}`, async () => {
      const { raw, recorded, peer } = connectRaw();
      const request = peer.request('m', {});
      raw.write(bytes);
      await assert.rejects(request, code(ErrorCode.ConnectionClosed));
      await recorded.closed;
      assert.deepEqual(
        recorded.violations.map(v => v.kind),
        [kind],
      );
    });
  }

  test('half a frame and then the end', async () => {
    const { raw, recorded } = connectRaw();
    raw.end('Content-Length: 100\r\n\r\n{"jsonrpc":');
    await recorded.closed;
    assert.deepEqual(
      recorded.violations.map(v => v.message),
      ['The connection ended within a message.'],
    );
  });

  test('an end between frames is no violation', async () => {
    const { raw, recorded } = connectRaw();
    raw.end(frame({ jsonrpc: '2.0', method: 'bye' }));
    await recorded.closed;
    assert.deepEqual(recorded.violations, []);
    assert.equal(recorded.notifications.length, 1);
  });

  test('answers to ids nobody asked with, and cancellations of unknown ids, change nothing', async () => {
    const { raw, recorded, peer } = connectRaw();
    raw.write(frame({ jsonrpc: '2.0', id: 99, result: 'forged' }));
    raw.write(frame({ jsonrpc: '2.0', id: '1', result: 'forged' }));
    raw.write(frame({ jsonrpc: '2.0', id: null, error: { code: 1, message: 'm' } }));
    raw.write(frame({ jsonrpc: '2.0', method: '$/cancelRequest', params: { id: 12 } }));
    const request = peer.request('m', {});
    await once(raw, 'data');
    raw.write(frame({ jsonrpc: '2.0', id: 1, result: 'right' }));
    raw.write(frame({ jsonrpc: '2.0', id: 1, result: 'twice' }));
    assert.equal(await request, 'right');
    assert.deepEqual(recorded.violations, []);
  });

  test('a second request with an id in use is refused; the first is answered', async () => {
    let release = (): void => {};
    const gate = new Promise<void>(resolve => {
      release = resolve;
    });
    const { raw } = connectRaw({ onRequest: () => gate.then(() => 'first') });
    const ask = frame({ jsonrpc: '2.0', id: 7, method: 'm' });
    raw.write(Buffer.concat([ask, ask]));
    const [refusal] = (await once(raw, 'data')) as [Buffer];
    assert.match(refusal.toString(), /Request 7 is still being worked on/);
    release();
    const [answer] = (await once(raw, 'data')) as [Buffer];
    assert.match(answer.toString(), /"result":"first"/);
  });

  test('a flood of notifications ends the connection after the burst', async () => {
    const { raw, recorded } = connectRaw({ limits: { maxMessagesPerSecond: 100 } });
    const one = frame({ jsonrpc: '2.0', method: 'm' });
    raw.write(Buffer.concat(Array.from({ length: 5000 }, () => one)));
    await recorded.closed;
    assert.equal(recorded.violations[0]?.kind, 'messageRate');
    assert.equal(recorded.violations[0]?.limit, 100);
    assert.ok(recorded.notifications.length >= 200 && recorded.notifications.length < 1000);
  });

  test('a flood of forged answers counts as messages', async () => {
    const { raw, recorded } = connectRaw({ limits: { maxMessagesPerSecond: 100 } });
    const one = frame({ jsonrpc: '2.0', id: 5, result: null });
    raw.write(Buffer.concat(Array.from({ length: 5000 }, () => one)));
    await recorded.closed;
    assert.equal(recorded.violations[0]?.kind, 'messageRate');
  });
});

describe('back pressure', () => {
  test('requests beyond the limit are left unread until others are answered, and none is lost', async () => {
    let running = 0;
    let most = 0;
    const { left } = connectPeers({
      limits: { maxConcurrentRequests: 8 },
      onRequest: async (_method, params) => {
        most = Math.max(most, ++running);
        await new Promise(resolve => setImmediate(resolve));
        running--;
        return params;
      },
    });
    const answers = await Promise.all(Array.from({ length: 500 }, (_, i) => left.request('m', { i })));
    assert.deepEqual(
      answers,
      Array.from({ length: 500 }, (_, i) => ({ i })),
    );
    assert.equal(most, 8);
  });

  test('handlers that ask back are answered even when the limit is reached', async () => {
    const { left, right } = connectPeers(
      {
        limits: { maxConcurrentRequests: 4 },
        onRequest: (_method, params): Promise<unknown> => right.request('back', params),
      },
      { onRequest: async () => 'back' },
    );
    const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => left.request('m', { i })));
    assert.deepEqual(
      answers,
      Array.from({ length: 12 }, () => 'back'),
    );
  });

  test('who reads no answers is cut off before memory runs out', async () => {
    const { raw, recorded } = connectRaw({
      limits: { maxUnreadBytes: 2 * 1024 * 1024, maxConcurrentRequests: 64 },
      onRequest: async () => {
        await new Promise(resolve => setImmediate(resolve));
        return 'x'.repeat(1024 * 1024);
      },
    });
    raw.pause();
    for (let id = 1; id <= 50; id++) raw.write(frame({ jsonrpc: '2.0', id, method: 'm' }));
    await recorded.closed;
    assert.match(recorded.violations[0]?.message ?? '', /bytes of answers wait unread/);
  });

  test('own notifications wait in bounded memory while the other side does not read', async () => {
    const { peer, raw } = connectRaw({ limits: { maxUnreadBytes: 1024 * 1024 } });
    raw.pause();
    let sent = 0;
    while (peer.notify('log', { message: 'x'.repeat(1000) })) sent++;
    assert.ok(sent > 500 && sent < 2500, `${sent} were taken`);
  });

  test('a pace slows own messages down, keeps their order and stays within the limit of the other side', async () => {
    const { left, rightRecord } = connectPeers({ limits: { maxMessagesPerSecond: 2000 } }, { pace: 1600 });
    for (let i = 0; i < 4000; i++) left.notify('n', { i });
    await left.request('last', {});
    assert.deepEqual(rightRecord.violations, []);
    assert.deepEqual(
      rightRecord.notifications.map(n => (n.params as { i: number }).i),
      Array.from({ length: 4000 }, (_, i) => i),
    );
  });
});
