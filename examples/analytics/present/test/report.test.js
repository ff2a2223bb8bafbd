import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawChart } from '../chart.js';
import { renderReport } from '../report.js';

test('a chart shows each line at its height', () => {
  const drawn = drawChart(
    [
      { mark: '·', values: [0, 1, 2, 3] },
      { mark: '#', values: [Number.NaN, 1.5, 1.5, 3] },
    ],
    { width: 4, height: 4 },
  );
  assert.equal(drawn, ['3 │   #', '  │  ·', '  │ ##', '0 │·', '  └────'].join('\n'));
});

test('a chart of more values than columns shows their means, and one value fills them', () => {
  const size = { width: 2, height: 3 };
  assert.equal(drawChart([{ mark: '*', values: [0, 2, 3, 5] }], size), '5 │ *\n  │\n0 │*\n  └──');
  assert.equal(drawChart([{ mark: '*', values: [7] }], size), '7 │**\n  │\n7 │\n  └──');
});

test('a chart of nothing is empty', () => {
  assert.equal(drawChart([{ mark: '*', values: [Number.NaN] }], { width: 2, height: 2 }), '1 │\n0 │\n  └──');
});

const found = {
  facts: {
    name: 'ice_cream | *sold*',
    dates: [new Date('1949-01-01'), new Date('1949-02-01'), new Date('1950-01-01')],
    count: 3,
    mean: 2,
    median: 1.5,
    deviation: 1,
    lowest: -1,
    highest: 3,
    trend: { slope: 0.505, intercept: 1 },
  },
  buckets: [
    { year: 1949, count: 2, mean: 2, lowest: -1, highest: 3 },
    { year: 1950, count: 1, mean: 1, lowest: 1, highest: 1 },
  ],
  signal: { window: 2, period: { length: 12, fit: 0.876 }, correlation: [1, 0] },
  measured: [1, 3, 2],
  normalised: [0.5, -1.25, 0.75],
  smoothed: [Number.NaN, 2, 2.5],
};

test('a report tells what was found, in Markdown', () => {
  const report = renderReport(found);
  for (const line of [
    '# ice\\_cream \\| \\*sold\\*',
    '3 rows from 1949-01-01 to 1950-01-01.',
    '| Lowest, highest | −1, 3 |',
    '| Farthest from the trend | 1949-02-01, −1.25 σ |',
    '| Repeats itself | after 12 rows (88 %) |',
    '| 1949 | 2 | −1 | 3 |  |',
    '| 1950 | 1 | 1 | 1 | −50 % |',
  ]) {
    assert.ok(report.split('\n').includes(line), `${line} is not in\n${report}`);
  }
});

test('a series without a period has none', () => {
  const report = renderReport({ ...found, signal: { ...found.signal, period: null } });
  assert.match(report, /\| Repeats itself \| no \|/);
});
