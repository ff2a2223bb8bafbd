import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLimitJudge, defaultThresholds } from '../../../src/sandbox/monitor/limit-judge.ts';

const limits = { memoryBytes: 1000, cpuPercent: 50 };
const sample = (anonymousBytes: number, cpuMs = 0) => ({ residentBytes: 0, anonymousBytes, cpuMs });

describe('memory', () => {
  it('alerts once at 60 %, warns once at 80 % and kills at 100 %', () => {
    const judge = createLimitJudge(limits);
    assert.deepEqual(judge.take(sample(599), 0), []);
    assert.deepEqual(judge.take(sample(600), 0), [
      { resource: 'memory', used: 600, limit: 1000, action: 'alerted' },
    ]);
    assert.deepEqual(judge.take(sample(799), 0), []);
    assert.deepEqual(judge.take(sample(800), 25), [
      { resource: 'memory', used: 800, limit: 1000, action: 'warned' },
    ]);
    assert.deepEqual(judge.take(sample(900), 50), []);
    assert.deepEqual(judge.take(sample(1000), 75), [
      { resource: 'memory', used: 1000, limit: 1000, action: 'killed' },
    ]);
  });
});

describe('memory that grows in one step', () => {
  it('is warned of without an alert before', () => {
    const judge = createLimitJudge(limits);
    assert.deepEqual(
      judge.take(sample(900), 0).map(({ action }) => action),
      ['warned'],
    );
    assert.deepEqual(judge.take(sample(650), 25), []);
  });
});

describe('CPU', () => {
  /** Feeds ten seconds and more at a share of one core, and gives every breach with its time. */
  function run(share: (ms: number) => number, untilMs: number): string[] {
    const judge = createLimitJudge(limits);
    const seen: string[] = [];
    let cpuMs = 0;
    for (let now = 0; now <= untilMs; now += 25) {
      for (const breach of judge.take(sample(0, cpuMs), now)) seen.push(`${breach.action} ${now}`);
      if (seen.some(line => line.startsWith('killed'))) break;
      cpuMs += 25 * share(now);
    }
    return seen;
  }

  it('warns after two seconds over the limit and kills after ten', () => {
    assert.deepEqual(
      run(() => 1, 12_000),
      ['warned 2000', 'killed 10000'],
    );
  });

  it('stays silent at the limit', () => {
    assert.deepEqual(
      run(() => 0.5, 15_000),
      [],
    );
  });

  it('does not kill for a burst', () => {
    const seen = run(now => (now < 3000 ? 1 : 0.1), 20_000);
    assert.deepEqual(seen, ['warned 2000']);
  });

  it('takes its windows from the thresholds', () => {
    const judge = createLimitJudge(limits, { ...defaultThresholds, cpuWarningMs: 20, cpuKillMs: 40 });
    assert.deepEqual(judge.take(sample(0, 0), 0), []);
    assert.equal(judge.take(sample(0, 20), 20)[0]?.action, 'warned');
    assert.equal(judge.take(sample(0, 40), 40)[0]?.action, 'killed');
  });
});
