import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createInFlight } from '../../../src/host/child/in-flight.ts';

/** Requests that are answered when the test says so. */
function createRequests() {
  const sent: string[] = [];
  const answers = new Map<string, () => void>();
  const send = (name: string, signal?: AbortSignal) => () => {
    if (signal?.aborted) return Promise.reject(new Error('given up'));
    sent.push(name);
    return new Promise<string>(resolve => answers.set(name, () => resolve(name)));
  };
  return { sent, send, answer: (name: string) => answers.get(name)?.() };
}

describe('requests in flight', () => {
  test('go at once as long as there is room, the others in their order', async () => {
    const { sent, send, answer } = createRequests();
    const queue = createInFlight(2);
    const all = ['a', 'b', 'c', 'd'].map(name => queue.run(send(name)));
    assert.deepEqual(sent, ['a', 'b'], 'without a turn of the event loop in between');
    answer('b');
    await all[1];
    await Promise.resolve();
    assert.deepEqual(sent, ['a', 'b', 'c']);
    for (const name of ['a', 'c']) answer(name);
    await Promise.all([all[0], all[2]]);
    await Promise.resolve();
    answer('d');
    assert.deepEqual(await Promise.all(all), ['a', 'b', 'c', 'd']);
  });

  test('that fail make room, too', async () => {
    const queue = createInFlight(1);
    await assert.rejects(
      queue.run(() => Promise.reject(new Error('refused'))),
      /refused/,
    );
    await assert.rejects(
      queue.run(() => {
        throw new Error('not sent');
      }),
      /not sent/,
    );
    assert.equal(await queue.run(() => Promise.resolve('sent')), 'sent');
  });

  test('that are given up while they wait fail at once, and hold up nobody', async () => {
    const { sent, send, answer } = createRequests();
    const queue = createInFlight(1);
    const first = queue.run(send('first'));
    const abort = new AbortController();
    const waiting = queue.run(send('never', abort.signal), abort.signal);
    const last = queue.run(send('last'));
    abort.abort();
    await assert.rejects(waiting, /given up/);
    assert.deepEqual(sent, ['first']);
    answer('first');
    await first;
    await Promise.resolve();
    answer('last');
    assert.equal(await last, 'last');
    assert.deepEqual(sent, ['first', 'last']);
  });
});
