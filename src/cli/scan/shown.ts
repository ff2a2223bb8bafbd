import { mergeFindings, rules } from '../../analysis/index.ts';
import type { Finding, Severity } from '../../base/index.ts';
import type { ReportedFinding } from '../sarif/index.ts';
import type { LookedAt } from './look.ts';
import type { Place } from './place.ts';

/** The least severe findings that a person may want to see. */
export const leastSeverities = ['error', 'warning', 'info'] as const satisfies readonly Severity[];
export type LeastSeverity = (typeof leastSeverities)[number];

const RANKS: Readonly<Record<Severity, number>> = { error: 3, warning: 2, info: 1, hint: 0 };

/**
 * What all looks together found, by file and line, each place once. What is wrong in code that only tries out other code
 * is a warning at most.
 */
export function findingsOf(results: readonly LookedAt[], places: readonly Place[]): ReportedFinding[] {
  const tests = new Set(places.flatMap(({ file, isTest }) => (isTest ? [file] : [])));
  // The order that results come in is that of the workers; it decides what is kept of equals.
  const ordered = results.toSorted((a, b) => compare(a.file, b.file));
  const merged = mergeFindings(
    ordered.flatMap(({ findings }) => findings),
    rules,
  );
  return merged.sort(inOrder).map(finding => {
    if (!tests.has(finding.file)) return finding;
    const severity = finding.severity === 'error' ? 'warning' : finding.severity;
    return { ...finding, severity, origin: 'test' };
  });
}

/** Those that are at least so severe. */
export function atLeast<Found extends Finding>(findings: readonly Found[], least: LeastSeverity): Found[] {
  return findings.filter(
    ({ severity }) => RANKS[severity] >= RANKS[least] || (least === 'info' && severity === 'hint'),
  );
}

function inOrder(a: Finding, b: Finding): number {
  return (
    compare(a.file, b.file) ||
    a.range.start.line - b.range.start.line ||
    a.range.start.character - b.range.start.character ||
    compare(a.code, b.code)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
