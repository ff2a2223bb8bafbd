import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { writeFileAtomically } from '../../../../src/host/atomic-file.ts';
import { causeOf, createCrashReports } from '../../../../src/host/health/crash-reports.ts';
import { createFlightRecorder } from '../../../../src/host/health/flight-recorder.ts';
import { judgeHealth, type Vitals } from '../../../../src/host/health/health-check.ts';
import { createRestartPolicy, defaultRestartRules } from '../../../../src/host/health/restart-policy.ts';
import type { InstanceEnd } from '../../../../src/host/process/port.ts';
import type { CrashReport } from '../../../../src/protocol/editor/index.ts';
import { usage } from '../../extension/entries.ts';

test('the delays double, and after five crashes in ten minutes it is over', () => {
  const policy = createRestartPolicy(defaultRestartRules);
  const delays = [0, 1, 2, 3, 4].map(second => {
    const verdict = policy.crashed(second * 1000);
    return verdict.kind === 'restart' ? [verdict.attempt, verdict.delayMs] : verdict.kind;
  });
  assert.deepEqual(delays, [
    [1, 250],
    [2, 500],
    [3, 1000],
    [4, 2000],
    [5, 4000],
  ]);
  assert.deepEqual(policy.crashed(5000), { kind: 'gaveUp', crashes: 6, withinMs: 600_000 });
  policy.reset();
  assert.equal(policy.crashed(6000).kind, 'restart');
});

test('crashes long ago don’t count, and without rules nothing is started again', () => {
  const policy = createRestartPolicy(defaultRestartRules);
  for (let minute = 0; minute < 100; minute += 3)
    assert.equal(policy.crashed(minute * 60_000).kind, 'restart');
  assert.deepEqual(createRestartPolicy(undefined).crashed(0), { kind: 'left' });
});

const well: Vitals = {
  pluginId: 'p',
  expected: true,
  alive: true,
  latencyMs: 1,
  outcomes: { calls: 20, failed: 1 },
  usage: usage(),
};
const cases: readonly (readonly [Partial<Vitals>, health: string, culprit?: string])[] = [
  [{}, 'healthy'],
  [{ expected: false, alive: false }, 'idle'],
  [{ alive: false, usage: undefined }, 'unhealthy', 'process'],
  [{ latencyMs: undefined }, 'unhealthy', 'answers'],
  [{ latencyMs: 900 }, 'degraded', 'answers'],
  [{ outcomes: { calls: 20, failed: 11 } }, 'degraded', 'errors'],
  [{ outcomes: { calls: 3, failed: 3 } }, 'healthy'],
  [{ usage: usage({ memory: { used: 95, resident: 95, peak: 95, limit: 100 } }) }, 'degraded', 'memory'],
];
for (const [changes, health, culprit] of cases) {
  test(`${JSON.stringify(changes).slice(0, 60)} makes it ${health}`, () => {
    const report = judgeHealth({ ...well, ...changes }, 5);
    assert.equal(report.health, health);
    const bad = report.checks.filter(check => check.health !== 'healthy').map(({ name }) => name);
    assert.deepEqual(bad, culprit ? [culprit] : []);
  });
}

const end: InstanceEnd = {
  code: 0,
  signal: null,
  intended: false,
  breach: undefined,
  violation: undefined,
  lastErrors: [],
};
const problem = { code: 'PW-PLUGIN-CRASHED', message: 'gone' };

test('the cause is told from what the host saw', () => {
  assert.equal(causeOf(end, problem), 'exit');
  assert.equal(causeOf({ ...end, signal: 'SIGSEGV' }, problem), 'signal');
  const breach = { used: 2, limit: 1, action: 'killed' } as const;
  assert.equal(causeOf({ ...end, breach: { ...breach, resource: 'memory' } }, problem), 'outOfMemory');
  assert.equal(causeOf({ ...end, breach: { ...breach, resource: 'cpu' } }, problem), 'limit');
  assert.equal(causeOf(end, { code: 'PW-LIMIT-MEMORY', message: 'heap' }), 'outOfMemory');
  const violation = { kind: 'depth', message: 'deep', used: 65, limit: 64 } as const;
  assert.equal(causeOf({ ...end, violation }, problem), 'protocol');
});

test('the recorder keeps the last of everything, and the calls that were lost', () => {
  const recorder = createFlightRecorder();
  for (let i = 0; i < 60; i++) recorder.log('stdout', 'info', `line ${i}`);
  for (let i = 0; i < 70; i++) recorder.usage(usage({ timestamp: i }));
  recorder.begin('open');
  recorder.begin('lost')('lost');
  recorder.begin('done')('answered');
  recorder.begin('bad')('failed');
  const { lastLog, resources, inFlight } = recorder.record();
  assert.deepEqual([lastLog.length, lastLog[0]?.message], [50, 'line 10']);
  assert.deepEqual([resources.length, resources[0]?.timestamp], [60, 10]);
  assert.deepEqual(
    inFlight.map(({ method }) => method),
    ['lost', 'open'],
  );
  assert.deepEqual(recorder.outcomes(), { calls: 3, failed: 1 });
  recorder.adopted();
  assert.deepEqual(
    recorder.record().inFlight.map(({ method }) => method),
    ['open'],
  );
});

test('twenty reports are kept, the newest first; a damaged one is left out', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'crashes-test-'));
  try {
    const reports = createCrashReports({
      dir,
      write: writeFileAtomically,
      warn: error => assert.fail(String(error)),
    });
    const made = (n: number): CrashReport => ({
      id: `r${n}`,
      pluginId: 'p',
      version: '1.0.0',
      runtime: 'node',
      timestamp: 1_700_000_000_000 + n,
      generation: 1,
      cause: 'exit',
      exit: { code: 1, signal: null },
      problem,
      outcome: { kind: 'left' },
      ...createFlightRecorder().record(),
    });
    for (let n = 0; n < 25; n++) void reports.add(made(n));
    const kept = await reports.list();
    assert.deepEqual([kept.length, kept[0]?.id, kept.at(-1)?.id], [20, 'r24', 'r5']);
    assert.deepEqual(
      (await reports.list(2)).map(({ id }) => id),
      ['r24', 'r23'],
    );
    await writeFile(path.join(dir, 'crashes', '1700000000024-r24.json'), '{"id":1}');
    assert.equal((await reports.list())[0]?.id, 'r23');
  } finally {
    await rm(dir, { recursive: true });
  }
});
