import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { WorkbenchError } from '../../../src/base/index.ts';
import { goIsMissing } from '../go/toolchain.ts';
import { buildShipped, createWorld, type Shipped, type World } from '../host/world.ts';
import { rustIsMissing } from '../rust/toolchain.ts';
import { allEnded, copyExample, type Example, pythonIsMissing } from './examples.ts';

const skip = pythonIsMissing || goIsMissing || rustIsMissing;
const parts = ['analyse', 'transform', 'compute', 'present'] as const;

interface Calls {
  readonly calls: number;
  readonly segments: number;
  readonly edition?: number;
}

interface Status {
  readonly edition?: number;
  readonly reports: number;
  readonly analysed: Calls;
  readonly transformed: Calls;
  readonly computed: Calls;
}

describe('four plugins in four languages that make one report', { skip }, () => {
  let shipped: Shipped;
  let world: World;
  let examples: Record<(typeof parts)[number], Example>;
  before(async () => {
    shipped = await buildShipped();
    world = await createWorld(shipped);
    const copies = parts.map(
      async part => [part, await copyExample(world, `analytics/${part}`, `analytics-${part}`)] as const,
    );
    examples = Object.fromEntries(await Promise.all(copies)) as typeof examples;
  });
  after(async () => {
    await world.dispose();
    await shipped.dispose();
  });

  test('starting the last one starts the others first', async () => {
    const knownDirs = Object.values(examples).map(({ dir }) => dir);
    assert.equal((await examples.present.start(undefined, knownDirs)).state, 'running');
    const running = world.events.flatMap(one =>
      one.type === 'state' && one.status.state === 'running' ? [one.status.pluginId] : [],
    );
    assert.deepEqual(
      running.filter((id, at) => running.indexOf(id) === at),
      parts.map(part => `analytics-${part}`),
    );
  });

  test('the report has what each of them found', async () => {
    const report = await examples.present.call<string>('report');
    const lines = report.split('\n');
    for (const line of [
      '# passengers',
      '144 rows from 1949-01-01 to 1960-12-01.',
      '| Mean | 280.3 |',
      '| Standard deviation | 119.97 |',
      '| Farthest from the trend | 1960-07-01, +3.61 σ |',
      '| Repeats itself | after 12 rows (80 %) |',
      '| 1949 | 126.67 | 104 | 148 |  |',
      '| 1960 | 476.17 | 390 | 622 | +11.17 % |',
    ]) {
      assert.ok(lines.includes(line), `${line} is not in\n${report}`);
    }
    const chart = lines.slice(lines.indexOf('```text') + 1, -1);
    assert.match(chart[0] ?? '', /^622 │ +·$/);
    assert.ok(chart.some(line => line.includes('####')));
  });

  test('a table of one’s own, and two reports at a time', async () => {
    // It rises by 5 a day, and every fourth day is high.
    const days = Array.from({ length: 32 }, (_, day) => {
      const date = new Date(Date.UTC(1999, 11, 20) + day * 86_400_000).toISOString().slice(0, 10);
      return `${date},${5 * day + (day % 4 === 0 ? 40 : 0)}`;
    });
    const csv = `day,visitors\n${days.join('\n')}\n`;
    const [own, shippedOne] = await Promise.all([
      examples.present.call<string>('report', { csv, window: 4 }),
      examples.present.call<string>('report'),
    ]);
    assert.match(own, /^# visitors\n\n32 rows from 1999-12-20 to 2000-01-20\./);
    assert.match(own, /\| Repeats itself \| after 4 rows/);
    assert.match(own, /\| 2000 \|/);
    assert.match(shippedOne, /^# passengers\n/);
    const history = await examples.present.call<{ name: string; period: number }[]>('history');
    assert.deepEqual(history.map(({ name, period }) => `${name} ${period}`).sort(), [
      'passengers 12',
      'passengers 12',
      'visitors 4',
    ]);
  });

  test('what one of them can’t do is told to whoever asked, in its own words', async () => {
    const rows = (value: (row: number) => number | string) =>
      `month,n\n${Array.from({ length: 12 }, (_, row) => `2000-${String(row + 1).padStart(2, '0')},${value(row)}`).join('\n')}`;
    for (const [args, code, details] of [
      [{ csv: rows(row => (row === 6 ? 'many' : row)) }, 'BAD_TABLE', { line: 8 }],
      [{ csv: rows(() => 7) }, 'FLAT_SERIES', { name: 'n' }],
      [{ csv: rows(row => row * row), window: 7 }, 'TOO_SHORT', { count: 12, needed: 14 }],
    ] as const) {
      await assert.rejects(examples.present.call('report', args), (error: WorkbenchError) => {
        assert.partialDeepStrictEqual(error.details, { code, details });
        return true;
      });
    }
  });

  test('each is loaded anew while it runs, and knows what it knew; no memory is left', async () => {
    const before = await examples.present.call<Status>('status');
    assert.deepEqual(before, {
      reports: 3,
      analysed: { calls: 5, segments: 0 },
      transformed: { calls: 4, segments: 0 },
      computed: { calls: 3, segments: 0 },
    });
    await examples.analyse.rewrite('main.py', '{"calls": loaded', '{"edition": 2, "calls": loaded');
    await examples.transform.rewrite('main.go', '{"calls": t.calls', '{"edition": 3, "calls": t.calls');
    await examples.compute.rewrite(
      'src/main.rs',
      '{ "calls": calls.load',
      '{ "edition": 4, "calls": calls.load',
    );
    await examples.present.rewrite('main.js', '{ reports: history', '{ edition: 5, reports: history');
    assert.deepEqual(await examples.present.call('status'), {
      edition: 5,
      reports: 3,
      analysed: { edition: 2, calls: 5, segments: 0 },
      transformed: { edition: 3, calls: 4, segments: 0 },
      computed: { edition: 4, calls: 3, segments: 0 },
    });
    assert.match(await examples.present.call<string>('report'), /after 12 rows/);
  });

  test('they stop one after the other, and leave no process', async () => {
    await assert.rejects(examples.analyse.stop(), { code: 'PW-PLUGIN-NEEDED' });
    for (const part of parts.toReversed()) await examples[part].stop();
    await allEnded(world);
  });
});
