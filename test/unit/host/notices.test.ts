import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNotices } from '../../../src/host/process/notices.ts';

function listen(onObserved: (seen: unknown) => void = () => {}) {
  const lines: string[] = [];
  const take = createNotices({
    output: { write: (source, level, message) => lines.push(`${source} ${level} ${message}`) },
    onObserved,
  });
  return { lines, take };
}

test('a log message and an observation are handed on', () => {
  const seen: unknown[] = [];
  const { lines, take } = listen(one => seen.push(one));
  take('log', { level: 'warn', message: 'careful' });
  const observed = { scope: 'filesystem', action: 'read', resource: '/etc/passwd' };
  take('observed', observed);
  assert.deepEqual(lines, ['sdk warn careful']);
  assert.deepEqual(seen, [observed]);
});

test('what is malformed or unknown is passed over', () => {
  const { lines, take } = listen(() => assert.fail('nothing was observed'));
  for (const params of [undefined, null, {}, [], { level: 'loud', message: 'x' }, { scope: 'moon' }]) {
    take('log', params);
    take('observed', params);
    take('surprise', params);
  }
  assert.deepEqual(lines, []);
});

test('a failure in taking one ends in the log of that plugin', () => {
  const { lines, take } = listen(() => {
    throw new Error('unforeseen');
  });
  take('observed', { scope: 'network', action: 'connect', resource: 'a:1' });
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? '', /^host error .*"observed": unforeseen/);
});
