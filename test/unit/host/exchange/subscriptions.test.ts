import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createSubscriptions,
  MAX_PATTERNS,
  MAX_SUBSCRIPTIONS,
} from '../../../../src/host/services/events.ts';

test('an event comes with the subscriptions it matches, in their order', () => {
  const subscriptions = createSubscriptions();
  for (const name of ['**', 'order.paid', 'order.*', 'stock.*']) subscriptions.add(name);
  assert.deepEqual(subscriptions.match('order.paid'), ['**', 'order.paid', 'order.*']);
  assert.deepEqual(subscriptions.match('order:paid'), ['**', 'order.*']);
  subscriptions.remove('**');
  subscriptions.remove('order.*');
  assert.deepEqual(subscriptions.match('order.paid'), ['order.paid']);
  subscriptions.remove('stock.*');
  assert.deepEqual(subscriptions.match('order.paid'), ['order.paid']);
  assert.deepEqual(subscriptions.match('stock.low'), []);
});

test('names and patterns are bounded, and make room again', () => {
  const subscriptions = createSubscriptions();
  for (let n = 0; n < MAX_PATTERNS; n++) assert.ok(subscriptions.add(`p${n}.*`));
  assert.equal(subscriptions.add('more.*'), false);
  assert.ok(subscriptions.add('p0.*'), 'one that is known counts once');
  for (let n = MAX_PATTERNS; n < MAX_SUBSCRIPTIONS; n++) assert.ok(subscriptions.add(`n${n}`));
  assert.equal(subscriptions.add('more'), false);
  subscriptions.remove('p0.*');
  assert.ok(subscriptions.add('more.*'));
});
