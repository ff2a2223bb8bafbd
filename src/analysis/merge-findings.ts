import type { Finding, Severity } from '../base/index.ts';
import type { Rule } from './rules/rule.ts';

const RANKS: Readonly<Record<Severity, number>> = { error: 3, warning: 2, info: 1, hint: 0 };

/**
 * Findings of several looks at one plugin as one list: a file is also found wanting when another one that hands it data is
 * looked at. Of what is said about one place and one kind of harm, the worst is kept; the order stays.
 */
export function mergeFindings(findings: readonly Finding[], rules: readonly Rule[]): Finding[] {
  const categories = new Map(rules.map(({ id, category }) => [id, category]));
  const merged = new Map<string, Finding>();
  for (const finding of findings) {
    const { start, end } = finding.range;
    const what = categories.get(finding.code) ?? finding.code;
    const key = `${finding.file}\0${start.line}:${start.character}-${end.line}:${end.character}\0${what}`;
    const before = merged.get(key);
    if (before === undefined || RANKS[finding.severity] > RANKS[before.severity]) merged.set(key, finding);
  }
  return [...merged.values()];
}
