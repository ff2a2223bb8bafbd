import type { TestOutcome, TestReport } from '../../protocol/editor/index.ts';

const marks = { passed: '✔', failed: '✖', skipped: '–' } as const;

/** A line of output about one test, and lines about why it failed. */
export function testLines({ name, outcome, ms, message, failedAt }: TestOutcome): string[] {
  const took = ms === undefined ? '' : ` (${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms)`;
  const why = outcome === 'failed' && message !== undefined ? message.split('\n') : [];
  const place = failedAt && `at ${failedAt.file}:${failedAt.line}:${failedAt.column}`;
  return [
    `${marks[outcome]} ${name}${took}`,
    ...[...why, ...(place ? [place] : [])].map(line => `    ${line}`),
  ];
}

/** What came of a run, in a sentence or two, and whether it is good news. */
export function testSummary(
  name: string,
  report: TestReport,
): { readonly text: string; readonly good: boolean } {
  const { tests, passed, failed, skipped, problem, advice } = report;
  const counts = [
    `${passed} passed`,
    `${failed} failed`,
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ].join(', ');
  if (problem) {
    const { message, nextStep } = problem;
    const told = [`The tests of ${name} did not come to their end (${counts}).`, message, nextStep];
    return { text: told.filter(Boolean).join(' '), good: false };
  }
  if (tests.length === 0)
    return { text: [`${name} has no tests.`, advice].filter(Boolean).join(' '), good: true };
  return { text: `Tests of ${name}: ${counts}.`, good: failed === 0 };
}
