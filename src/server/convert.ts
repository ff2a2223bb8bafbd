import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node';
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

/** A finding in the words of the protocol. */
export function toDiagnostic(finding: Finding): Diagnostic {
  const diagnostic: Diagnostic = {
    source: SOURCE,
    code: finding.code,
    severity: SEVERITIES[finding.severity],
    message: finding.why === undefined ? finding.message : `${finding.message}\n${finding.why}`,
    range: finding.range,
  };
  if (finding.related !== undefined && finding.related.length > 0) {
    diagnostic.relatedInformation = finding.related.map(({ file, range, message }) => ({
      location: { uri: uriOf(file), range },
      message,
    }));
  }
  return diagnostic;
}
