import { type CodeAction, CodeActionKind, type Range } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { rules } from '../analysis/index.ts';
import type { Finding, TextEdit } from '../base/index.ts';
import { toDiagnostic } from './convert.ts';

const GRANTING: ReadonlySet<string> = new Set(['PW-PERM-UNDECLARED', 'PW-PERM-REFUSED']);
const RULE_IDS: ReadonlySet<string> = new Set(rules.map(rule => rule.id));

/**
 * The fixes of the findings in a range, and for rules a comment that switches the rule off for the line.
 *
 * @param suppress the edit that writes such a comment
 */
export function codeActionsFor(
  document: TextDocument,
  range: Range,
  findings: readonly Finding[],
  suppress: (finding: Finding) => TextEdit | undefined,
): CodeAction[] {
  const touched = findings.filter(finding => overlaps(finding.range, range));
  const fixes = touched.flatMap(finding => {
    if (finding.fix === undefined) return [];
    const action = actionOf(document, finding, finding.fix.title, finding.fix.edits);
    // To grant something is never what goes without saying.
    return GRANTING.has(finding.code) ? [action] : [{ ...action, isPreferred: true }];
  });
  const suppressions = touched.flatMap(finding => {
    if (!RULE_IDS.has(finding.code)) return [];
    const edit = suppress(finding);
    const title = `Switch ${finding.code} off for this line, with a reason to fill in`;
    return edit === undefined ? [] : [actionOf(document, finding, title, [edit])];
  });
  return [...fixes, ...suppressions];
}

/**
 * Applies every fix of a document: as an answer to a client that fixes on save, and beside a single fix when there are
 * more of them.
 */
export function fixAllActions(
  document: TextDocument,
  range: Range,
  findings: readonly Finding[],
  edits: () => readonly TextEdit[],
): CodeAction[] {
  const fixable = findings.filter(({ fix }) => fix !== undefined);
  if (fixable.length === 0) return [];
  const all = edits();
  if (all.length === 0) return [];
  const edit = { changes: { [document.uri]: [...all] } };
  const source = { title: 'Fix all problems that have one answer', kind: FIX_ALL, edit };
  const isTouched = fixable.some(finding => overlaps(finding.range, range));
  if (!isTouched || fixable.length < 2) return [source];
  const title = `Fix all ${fixable.length} problems of this file that have one answer`;
  return [{ title, kind: CodeActionKind.QuickFix, diagnostics: fixable.map(toDiagnostic), edit }, source];
}

/** Kind of the action that fixes all, for settings such as "fix on save". */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.pluginWorkbench`;

function actionOf(
  document: TextDocument,
  finding: Finding,
  title: string,
  edits: readonly TextEdit[],
): CodeAction {
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(finding)],
    edit: { changes: { [document.uri]: [...edits] } },
  };
}

function overlaps(a: Range, b: Range): boolean {
  const before = (x: Range['start'], y: Range['start']): boolean =>
    x.line < y.line || (x.line === y.line && x.character < y.character);
  return !before(a.end, b.start) && !before(b.end, a.start);
}
