import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMailbox, MAILBOX } from '../../../src/host/process/mailbox.ts';

function setUp() {
  const sent: unknown[] = [];
  const told: string[] = [];
  const outlet = {
    backlog: 0,
    notify: (_method: string, params: unknown) => {
      if (params === 'unsendable') return false;
      sent.push(params);
      return true;
    },
  };
  const mailbox = createMailbox(outlet, {
    onOverflow: (limit, used) => told.push(`overflow ${limit} ${used}`),
    onEnd: dropped => told.push(`dropped ${dropped}`),
    onLost: method => told.push(`lost ${method}`),
  });
  const post = (value: unknown, size = 1): void => mailbox.post('event', value, () => size);
  return { mailbox, post, outlet, sent, told };
}

const BUSY = 1024 * 1024;

test('what a plugin reads goes out at once, and nobody asks for its size', () => {
  const { mailbox, sent, told } = setUp();
  mailbox.post('event', 1, () => assert.fail('it was measured'));
  assert.deepEqual([sent, told], [[1], []]);
});

test('what waits goes out in order once the plugin has read, and nothing overtakes it', () => {
  const { mailbox, post, outlet, sent, told } = setUp();
  outlet.backlog = BUSY;
  post(1);
  post(2);
  outlet.backlog = 0;
  post(3);
  assert.deepEqual(sent, []);
  mailbox.flush();
  post(4);
  assert.deepEqual([sent, told], [[1, 2, 3, 4], []]);
});

test('too many drop the oldest: one warning when it begins, the number when it is over', () => {
  const { mailbox, post, outlet, sent, told } = setUp();
  for (let row = 0; row < 2; row++) {
    sent.length = 0;
    told.length = 0;
    outlet.backlog = BUSY;
    for (let n = 0; n < MAILBOX.count + 5; n++) post(n);
    assert.deepEqual(told, [`overflow count ${MAILBOX.count + 1}`]);
    outlet.backlog = 0;
    mailbox.flush();
    assert.deepEqual([sent.length, sent[0], sent.at(-1)], [MAILBOX.count, 5, MAILBOX.count + 4]);
    assert.equal(told[1], 'dropped 5');
  }
});

test('too many bytes drop the oldest, also when the newest alone is too many', () => {
  const { mailbox, post, outlet, sent, told } = setUp();
  outlet.backlog = BUSY;
  const half = MAILBOX.bytes / 2;
  post('a', half);
  post('b', half);
  assert.deepEqual(told, []);
  post('c', 1);
  post('huge', MAILBOX.bytes + 1);
  assert.deepEqual(told, [`overflow bytes ${MAILBOX.bytes + 1}`]);
  post('d', 1);
  outlet.backlog = 0;
  mailbox.flush();
  assert.deepEqual([sent, told[1]], [['d'], 'dropped 4']);
});

test('a flush stops where the plugin stops reading', () => {
  const { mailbox, post, outlet, sent } = setUp();
  outlet.backlog = BUSY;
  for (let n = 0; n < 3; n++) post(n);
  const { notify } = outlet;
  outlet.backlog = 0;
  outlet.notify = (method, params) => {
    outlet.backlog = BUSY;
    return notify(method, params);
  };
  mailbox.flush();
  assert.deepEqual(sent, [0]);
  outlet.backlog = 0;
  mailbox.flush();
  assert.deepEqual(sent, [0, 1]);
});

test('what can’t be sent at all is told, once for a row', () => {
  const { post, sent, told } = setUp();
  post('unsendable');
  post('unsendable');
  assert.deepEqual(told, ['lost event']);
  post(1);
  post('unsendable');
  assert.deepEqual([sent, told], [[1], ['lost event', 'lost event']]);
});
