import { drawChart } from './chart.js';

/**
 * What four plugins found out about a series.
 *
 * @typedef {object} Found
 * @property {Facts} facts by `analyse`
 * @property {{ year: number, count: number, mean: number, lowest: number, highest: number }[]} buckets by `transform`
 * @property {{ window: number, period: { length: number, fit: number } | null, correlation: number[] }} signal by `compute`
 * @property {number[]} measured
 * @property {number[]} normalised how far from the trend, in standard deviations
 * @property {number[]} smoothed NaN where there are too few values before
 */

/**
 * @typedef {object} Facts
 * @property {string} name
 * @property {Date[]} dates
 * @property {number} count
 * @property {number} mean
 * @property {number} median
 * @property {number} deviation
 * @property {number} lowest
 * @property {number} highest
 * @property {{ slope: number, intercept: number }} trend
 */

/**
 * A report in Markdown.
 *
 * @param {Found} found
 */
export function renderReport({ facts, buckets, signal, measured, normalised, smoothed }) {
  const [first, last] = [facts.dates[0], facts.dates.at(-1)].map(dayOf);
  const extreme = normalised.reduce((far, value, at) => (Math.abs(value) > Math.abs(normalised[far] ?? 0) ? at : far), 0);
  return [
    `# ${escapeMarkdown(facts.name)}`,
    `${facts.count} rows from ${first} to ${last}.`,
    table(
      ['', 'Value'],
      [
        ['Mean', format(facts.mean)],
        ['Median', format(facts.median)],
        ['Standard deviation', format(facts.deviation)],
        ['Lowest, highest', `${format(facts.lowest)}, ${format(facts.highest)}`],
        ['Trend, per row', format(facts.trend.slope, true)],
        ['Farthest from the trend', `${dayOf(facts.dates[extreme])}, ${format(normalised[extreme] ?? 0, true)} σ`],
        ['Repeats itself', describePeriod(signal.period)],
      ],
    ),
    '## By year',
    table(
      ['Year', 'Mean', 'Lowest', 'Highest', 'Change'],
      buckets.map(({ year, mean, lowest, highest }, index) => [
        String(year),
        format(mean),
        format(lowest),
        format(highest),
        change(buckets[index - 1]?.mean, mean),
      ]),
    ),
    `## Course`,
    `\`·\` measured, \`#\` the mean of the last ${signal.window}`,
    `\`\`\`text\n${drawChart([
      { mark: '·', values: measured },
      { mark: '#', values: smoothed },
    ])}\n\`\`\``,
  ].join('\n\n');
}

/**
 * A table whose first column is text and whose others are numbers.
 *
 * @param {string[]} titles
 * @param {string[][]} rows
 */
function table(titles, rows) {
  const rules = titles.map((_, index) => (index === 0 ? '---' : '---:'));
  return [titles, rules, ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');
}

/** @param {{ length: number, fit: number } | null} period */
function describePeriod(period) {
  return period === null ? 'no' : `after ${period.length} rows (${Math.round(period.fit * 100)} %)`;
}

/**
 * @param {number | undefined} before
 * @param {number} now
 */
function change(before, now) {
  return before === undefined || before === 0 ? '' : `${format(((now - before) / Math.abs(before)) * 100, true)} %`;
}

/**
 * @param {number} value
 * @param {boolean} [signed] with a plus, too
 */
function format(value, signed = false) {
  const text = value.toLocaleString('en', { maximumFractionDigits: 2, useGrouping: false });
  return (signed && value > 0 ? `+${text}` : text).replace('-', '−');
}

/** @param {Date | undefined} date */
function dayOf(date) {
  return date?.toISOString().slice(0, 10) ?? '';
}

/**
 * The name comes from a table of anybody's.
 *
 * @param {string} text
 */
function escapeMarkdown(text) {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>()#+!|~-]/g, '\\$&');
}
