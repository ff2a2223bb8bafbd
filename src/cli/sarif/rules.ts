import {
  rules,
  SCAN_TOO_LARGE,
  SUPPRESSION_UNUSED,
  SUPPRESSION_WITHOUT_REASON,
} from '../../analysis/index.ts';
import { permissionCodes } from '../../analysis/permissions/index.ts';
import type { Severity } from '../../base/index.ts';
import { manifestCodes } from '../../manifest/index.ts';
import { SCAN_UNREADABLE } from '../read-source.ts';

/** What a report says about a rule, whether or not anything breaks it. */
export interface SarifRule {
  readonly id: string;
  readonly title: string;
  /** Why it matters. */
  readonly risk: string;
  /** What to do about it; `undefined` where each finding says it. */
  readonly remedy?: string;
  readonly severity: Severity;
  readonly category: string;
  /** In the words of code scanning sites. */
  readonly tags: readonly string[];
  /** How seldom it is wrong; `undefined` where it never is. */
  readonly precision?: string;
}

/** The rules a manifest is held to. */
export function manifestSarifRules(): readonly SarifRule[] {
  return Object.entries(manifestCodes).map(([id, { severity, summary, why }]) => ({
    id,
    title: summary,
    risk: why,
    severity,
    category: 'manifest',
    tags: ['manifest'],
  }));
}

/** The rules the permissions of a plugin are held to, and those of its manifest. */
export function permissionSarifRules(): readonly SarifRule[] {
  const own = Object.entries(permissionCodes).map(([id, { severity, summary, why, remedy }]) => ({
    id,
    title: summary,
    risk: why,
    remedy,
    severity,
    category: 'permissions',
    tags: ['security', 'permissions'],
  }));
  return [...own, ...manifestSarifRules()];
}

/** The rules source is held to. */
export function sourceSarifRules(): readonly SarifRule[] {
  const dangerous = rules.map(({ id, title, docs, severity, category, confidence, cwe }) => ({
    id,
    title,
    risk: docs.risk,
    remedy: docs.remedy,
    severity,
    category,
    tags: ['security', category, ...(cwe === undefined ? [] : [`external/cwe/${cweTag(cwe)}`])],
    precision: confidence,
  }));
  return [...dangerous, ...aboutTheScan];
}

function cweTag(cwe: number): string {
  return `cwe-${String(cwe).padStart(3, '0')}`;
}

const scanRule = (id: string, severity: Severity, title: string, risk: string): SarifRule => ({
  id,
  title,
  risk,
  severity,
  category: 'other',
  tags: ['scan'],
});

const aboutTheScan: readonly SarifRule[] = [
  scanRule(
    SCAN_TOO_LARGE,
    'warning',
    'A file is too large, too deep or too slow to be checked',
    'Source that nobody can check is where harmful code hides.',
  ),
  scanRule(
    SCAN_UNREADABLE,
    'warning',
    'A file can’t be read, so it was not checked',
    'Source that nobody can check is where harmful code hides.',
  ),
  scanRule(
    SUPPRESSION_WITHOUT_REASON,
    'warning',
    'A comment switches a rule off without a reason',
    'It is not applied: whoever reviews the plugin has to know why the rule does not count here.',
  ),
  scanRule(
    SUPPRESSION_UNUSED,
    'warning',
    'A comment switches a rule off where nothing breaks it',
    'It would hide the next problem on that line.',
  ),
];
