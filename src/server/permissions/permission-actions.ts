import { type CodeAction, CodeActionKind, type Range } from 'vscode-languageserver/node';
import type { Finding } from '../../base/index.ts';
import { toDiagnostic } from '../convert.ts';
import { uriOf } from '../uri.ts';
import type { PermissionWatch } from './permission-watch.ts';

/** On a line that does what nothing grants: the change of the manifest that would. It says what comes of it. */
export function permissionActions(
  range: Range,
  findings: readonly Finding[],
  watch: Pick<PermissionWatch, 'grantFor'>,
): CodeAction[] {
  const touched = findings.filter(
    finding =>
      finding.code === 'PW-PERM-UNDECLARED' &&
      finding.fix === undefined &&
      finding.range.start.line <= range.end.line &&
      finding.range.end.line >= range.start.line,
  );
  const titles = new Set<string>();
  return touched.flatMap(finding => {
    const grant = watch.grantFor(finding);
    if (grant === undefined || titles.has(grant.fix.title)) return [];
    titles.add(grant.fix.title);
    const edit = { changes: { [uriOf(grant.file)]: [...grant.fix.edits] } };
    return [
      { title: grant.fix.title, kind: CodeActionKind.QuickFix, diagnostics: [toDiagnostic(finding)], edit },
    ];
  });
}
