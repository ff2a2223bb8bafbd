import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { TestReport } from '../../../src/protocol/editor/index.ts';
import { guideManifest } from './plugins.ts';
import { buildShipped, createWorld, event, type Shipped, type World } from './world.ts';

let shipped: Shipped;
let world: World;
before(async () => {
  shipped = await buildShipped();
  world = await createWorld(shipped);
});
after(async () => {
  await world.dispose();
  await shipped.dispose();
});

const noPython = spawnSync('python3', ['--version']).error !== undefined && 'there is no Python';
const entry = { 'index.mjs': 'export function activate() {}\n' };

/** Outcomes by name, with the line in the source where it failed. */
function outcomes({ tests }: TestReport): Record<string, string> {
  return Object.fromEntries(
    tests.map(({ name, outcome, failedAt }) => [
      name,
      failedAt ? `${outcome} ${path.basename(failedAt.file)}:${failedAt.line}` : outcome,
    ]),
  );
}

test('node --test tells what passed, what failed and where', async () => {
  const dir = await world.plugin('node-tests', {
    ...entry,
    'plugin.json': guideManifest('node-tests'),
    'add.mjs': `export const add = (a, b) => {
  if (typeof a !== 'number') throw new TypeError('not a number');
  return a + b;
};
`,
    'add.test.mjs': `import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { add } from './add.mjs';

test('adds', () => {
  console.log('said by a test');
  assert.equal(add(1, 2), 3);
});
describe('with texts', () => {
  it('throws', () => add('1', 2));
  it('compares', () => {
    assert.equal(add(1, 1), 3);
  });
  it.skip('is for later', () => {});
});
`,
    'broken.test.mjs': `import { test } from 'node:test';
import './missing.mjs';
test('never runs', () => {});
`,
    'node_modules/other/other.test.mjs': 'throw new Error("not ours");',
  });
  const report = await world.host.test({ dir });
  const told = outcomes(report);
  assert.equal(told['adds'], 'passed');
  assert.equal(told['with texts > throws'], 'failed add.mjs:2');
  assert.equal(told['with texts > compares'], 'failed add.test.mjs:12');
  assert.equal(told['with texts > is for later'], 'skipped');
  assert.match(told['broken.test.mjs'] ?? '', /^failed/);
  assert.equal(told['never runs'], undefined);
  assert.deepEqual(
    [report.passed, report.failed, report.skipped, report.problem, report.advice],
    [1, 3, 1, undefined, undefined],
  );
  assert.equal(report.runner, 'node --test');
  assert.match(report.output, /said by a test/);
  const failed = report.tests.find(({ name }) => name === 'with texts > throws');
  assert.match(failed?.message ?? '', /not a number/);
  assert.equal(failed?.location?.line, 10);
  assert.ok(failed.ms !== undefined);
  const seen = await world.seen(event('test', ({ test: one }) => one?.name === 'adds'));
  assert.deepEqual([seen.pluginId, seen.dir], ['node-tests', dir]);
});

test('a filter chooses tests by a part of their names, as text', async () => {
  const dir = await world.plugin('filtered', {
    ...entry,
    'plugin.json': guideManifest('filtered'),
    'some.test.mjs': `import { test } from 'node:test';
test('one (1)', () => {});
test('one 1', () => {});
test('two', () => { throw new Error('not wanted'); });
`,
  });
  const { tests } = await world.host.test({ dir, filter: 'one (1)' });
  assert.deepEqual(
    tests.filter(({ outcome }) => outcome === 'passed').map(({ name }) => name),
    ['one (1)'],
  );
  assert.ok(!tests.some(({ outcome }) => outcome === 'failed'));
});

test('tests are confined like the plugin: no writing in its folder, no network, no process outside', async () => {
  const outside = path.join(world.dir, 'outside');
  const dir = await world.plugin('confined', {
    ...entry,
    'plugin.json': guideManifest('confined'),
    'escape.test.mjs': `import { writeFileSync } from 'node:fs';
import net from 'node:net';
import { test } from 'node:test';
test('writes beside itself', () => writeFileSync(new URL('escaped', import.meta.url), ''));
test('writes outside', () => writeFileSync(${JSON.stringify(outside)}, ''));
test('connects', () => new Promise((resolve, reject) => {
  net.connect(53, '1.1.1.1').on('connect', resolve).on('error', reject);
}));
test('writes to its own /tmp', () => writeFileSync('/tmp/mine', ''));
`,
  });
  const told = outcomes(await world.host.test({ dir }));
  assert.match(told['writes beside itself'] ?? '', /^failed/);
  // A folder of that name in its own /tmp takes the write, and goes with it.
  assert.ok(told['writes outside']);
  assert.match(told['connects'] ?? '', /^failed/);
  assert.equal(told['writes to its own /tmp'], 'passed');
  assert.equal(existsSync(path.join(dir, 'escaped')), false);
  assert.equal(existsSync(outside), false);
});

test('a plugin without tests is told how to write one', async () => {
  const dir = await world.plugin('untested', { ...entry, 'plugin.json': guideManifest('untested') });
  const { tests, advice, problem } = await world.host.test({ dir });
  assert.deepEqual([tests, problem], [[], undefined]);
  assert.match(advice ?? '', /index\.test\.js/);
});

test('tests can be stopped', async () => {
  const dir = await world.plugin('endless', {
    ...entry,
    'plugin.json': guideManifest('endless'),
    'endless.test.mjs': `import { test } from 'node:test';
console.log('it has begun');
test('never ends', () => new Promise(resolve => setTimeout(resolve, 1e9)));
`,
  });
  const abort = new AbortController();
  const running = world.host.test({ dir }, abort.signal);
  await world.seen(event('test', ({ output }) => output === 'it has begun'));
  abort.abort();
  await assert.rejects(running, { code: 'PW-TESTS-STOPPED' });
});

test('unittest tells the same of a plugin in Python', { skip: noPython }, async () => {
  const dir = await world.plugin('python-tests', {
    'plugin.json': guideManifest('python-tests', { main: 'main.py' }),
    'main.py': 'def add(a, b):\n    return a + b\n\n\ndef activate(context):\n    pass\n',
    'test_main.py': `import unittest

from main import add


class Adding(unittest.TestCase):
    def test_adds(self):
        print("said by a test")
        self.assertEqual(add(1, 2), 3)

    def test_compares(self):
        self.assertEqual(add(1, 1), 3)

    def test_throws(self):
        add(1, "2")

    @unittest.skip("for later")
    def test_skipped(self):
        pass

    def test_writes(self):
        open("escaped", "w")
`,
    'test_broken.py': 'import missing_module\n',
  });
  const report = await world.host.test({ dir });
  const told = outcomes(report);
  assert.equal(told['test_main.Adding.test_adds'], 'passed');
  assert.equal(told['test_main.Adding.test_compares'], 'failed test_main.py:12');
  assert.equal(told['test_main.Adding.test_throws'], 'failed main.py:2');
  assert.equal(told['test_main.Adding.test_skipped'], 'skipped');
  assert.match(told['test_main.Adding.test_writes'] ?? '', /^failed/);
  assert.equal(told['unittest.loader._FailedTest.test_broken'], 'failed test_broken.py:1');
  assert.equal(existsSync(path.join(dir, 'escaped')), false);
  assert.deepEqual([report.runner, report.problem], ['unittest', undefined]);
  assert.match(report.output, /said by a test/);
});
