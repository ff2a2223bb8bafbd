import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testLines, testSummary } from '../../../src/extension/presentation/test-text.ts';
import type { TestReport } from '../../../src/protocol/editor/index.ts';

const report: TestReport = {
  pluginId: 'hello',
  dir: '/w/hello',
  runner: 'node --test',
  passed: 1,
  failed: 0,
  skipped: 0,
  tests: [{ name: 'adds', outcome: 'passed' }],
  output: '',
};

test('a test is a line, and a failure says why and where', () => {
  assert.deepEqual(testLines({ name: 'adds', outcome: 'passed', ms: 1.23 }), ['✔ adds (1.2 ms)']);
  const failedAt = { file: '/w/hello/add.js', line: 3, column: 5 };
  assert.deepEqual(testLines({ name: 'adds', outcome: 'failed', message: '1 !== 2\nmore', failedAt }), [
    '✖ adds',
    '    1 !== 2',
    '    more',
    '    at /w/hello/add.js:3:5',
  ]);
  assert.deepEqual(testLines({ name: 'later', outcome: 'skipped', message: 'for later' }), ['– later']);
});

test('the summary counts, and names what went wrong', () => {
  assert.deepEqual(testSummary('Hello', report), { text: 'Tests of Hello: 1 passed, 0 failed.', good: true });
  assert.deepEqual(testSummary('Hello', { ...report, failed: 2, skipped: 1 }), {
    text: 'Tests of Hello: 1 passed, 2 failed, 1 skipped.',
    good: false,
  });
  const problem = { code: 'PW-LIMIT-MEMORY', message: 'It used too much.', nextStep: 'Use less.' };
  const broken = testSummary('Hello', { ...report, problem });
  assert.match(
    broken.text,
    /did not come to their end \(1 passed, 0 failed\)\. It used too much\. Use less\./,
  );
  assert.equal(broken.good, false);
  const empty = testSummary('Hello', { ...report, tests: [], passed: 0, advice: 'Write one.' });
  assert.equal(empty.text, 'Hello has no tests. Write one.');
});
