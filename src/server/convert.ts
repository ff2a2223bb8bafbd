import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver/node';
import { rules, SUPPRESSION_UNUSED } from '../analysis/index.ts';
import type { Finding, Severity } from '../base/index.ts';
import { uriOf } from './uri.ts';

/** Who a diagnostic is from, as editors show it. */
export const SOURCE = 'plugin-workbench';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const WEAKNESSES: ReadonlyMap<string, number> = new Map(rules.map(({ id, cwe }) => [id, cwe]));

/** Where a weakness of the Common Weakness Enumeration is described. */
export function cweAddress(cwe: number): string {
  return `https://cwe.mitre.org/data/definitions/${cwe}.html`;
}

/** A finding in the words of the protocol. */
export function toDiagnostic(finding: Finding): Diagnostic {
  const diagnostic: Diagnostic = {
    source: SOURCE,
    code: finding.code,
    severity: SEVERITIES[finding.severity],
    message: finding.why === undefined ? finding.message : `${finding.message}\n${finding.why}`,
    range: finding.range,
  };
  const cwe = WEAKNESSES.get(finding.code);
  if (cwe !== undefined) diagnostic.codeDescription = { href: cweAddress(cwe) };
  // Shown faded: it can be taken away.
  if (finding.code === SUPPRESSION_UNUSED) diagnostic.tags = [DiagnosticTag.Unnecessary];
  if (finding.related !== undefined && finding.related.length > 0) {
    diagnostic.relatedInformation = finding.related.map(({ file, range, message }) => ({
      location: { uri: uriOf(file), range },
      message,
    }));
  }
  return diagnostic;
}
