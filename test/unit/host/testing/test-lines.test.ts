import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestLines, type TestLines } from '../../../../src/host/testing/test-lines.ts';
import type { TestOutcome } from '../../../../src/protocol/editor/index.ts';

const dir = '/plugins/hello';

function read(...said: readonly unknown[]): TestLines {
  const lines = createTestLines(dir, () => {});
  for (const one of said) lines.take(typeof one === 'string' ? one : JSON.stringify(one));
  return lines;
}

function failedAt(stack: string): TestOutcome['failedAt'] {
  return read({ name: 'a', outcome: 'failed', stack }).outcomes()[0]?.failedAt;
}

test('the place of a failure is the first frame in the plugin’s own files', () => {
  assert.deepEqual(
    failedAt(`AssertionError: 1 !== 2
    at assert (node:assert:1:1)
    at helper (file:///plugins/hello/node_modules/helper/index.js:5:1)
    at ok (file:///plugins/hello/a%20b/x.test.mjs:3:9)
    at other (/plugins/hello/y.js:1:1)`),
    { file: '/plugins/hello/a b/x.test.mjs', line: 3, column: 9 },
  );
  assert.deepEqual(
    failedAt('  File "/plugins/hello/test_x.py", line 7, in test_x\n  File "/usr/lib/x.py", line 1'),
    {
      file: '/plugins/hello/test_x.py',
      line: 7,
      column: 1,
    },
  );
});

test('a place outside of the plugin’s folder is none', () => {
  for (const file of ['/etc/passwd', '/plugins/hello/../other/x.js', '/plugins/hello-2/x.js']) {
    assert.equal(failedAt(`at x (${file}:1:1)`), undefined);
    const [outcome] = read({ name: 'a', outcome: 'passed', file, line: 1 }).outcomes();
    assert.equal(outcome?.location, undefined);
  }
});

test('what is no report of a test is passed over', () => {
  const lines = read(
    'no JSON',
    '[]',
    { name: 1, outcome: 'passed' },
    { name: 'a', outcome: 'great' },
    'null',
  );
  assert.deepEqual(lines.outcomes(), []);
  assert.equal(lines.isComplete, false);
  assert.equal(read({ end: true }).isComplete, true);
  assert.equal(read({ runner: 'pytest' }).runner, 'pytest');
});

test('a file counts as a test only when it has none', () => {
  const file = `${dir}/x.test.js`;
  const lines = read(
    { name: 'inside', outcome: 'passed', file, line: 3 },
    { name: file, outcome: 'passed', file, line: 1 },
    { name: `${dir}/plain.test.js`, outcome: 'passed', file: `${dir}/plain.test.js`, line: 1 },
  );
  assert.deepEqual(
    lines.outcomes().map(({ name }) => name),
    ['inside', 'plain.test.js'],
  );
});
