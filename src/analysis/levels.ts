import type { Finding, Severity } from '../base/index.ts';
import type { Category } from './category.ts';
import type { Rule } from './rules/rule.ts';

/** What a person wants of a rule: nothing at all, or always this severity. */
export type RuleLevel = Severity | 'off';

/** What a person has set; whatever is not named stays as the rule says. */
export interface RuleLevels {
  /** By rule id, also of findings about suppressions and unfinished scans; stronger than its category. */
  readonly rules: Readonly<Record<string, RuleLevel>>;
  readonly categories: Readonly<Partial<Record<Category, RuleLevel>>>;
}

/** Nothing set. */
export const noLevels: RuleLevels = { rules: {}, categories: {} };

/** Findings as a person wants them: some not at all, some as something else. */
export function withLevels(
  findings: readonly Finding[],
  levels: RuleLevels,
  rules: readonly Rule[],
): Finding[] {
  const categories = new Map(rules.map(({ id, category }) => [id, category]));
  return findings.flatMap(finding => {
    const category = categories.get(finding.code);
    const ofRule = Object.hasOwn(levels.rules, finding.code) ? levels.rules[finding.code] : undefined;
    const level = ofRule ?? (category === undefined ? undefined : levels.categories[category]);
    if (level === 'off') return [];
    return level === undefined || level === finding.severity ? [finding] : [{ ...finding, severity: level }];
  });
}

/** A finding in test code: whatever is wrong there harms nobody but the tests, so it is no more than information. */
export function asTestCode(finding: Finding): Finding {
  const isMore = finding.severity === 'error' || finding.severity === 'warning';
  return isMore ? { ...finding, severity: 'info' } : finding;
}
