import type { Finding, LineMap } from '../base/index.ts';
import type { SyntaxNode } from './syntax/node.ts';

/** What every such comment contains. */
export const SUPPRESSION_MARK = 'plugin-workbench-disable-next-line';

const DIRECTIVE = /\bplugin-workbench-disable-next-line\b([^\n]*)/;

/** Codes of findings about suppressions themselves. */
export const SUPPRESSION_WITHOUT_REASON = 'PW-SUPPRESSION-REASON';
export const SUPPRESSION_UNUSED = 'PW-SUPPRESSION-UNUSED';

/** How a comment is written at some place; `element` is between the tags of JSX. */
export type CommentForm = 'slashes' | 'hash' | 'element';

/** The comment that switches rules off for the line below it. */
export function suppressionComment(codes: readonly string[], reason: string, form: CommentForm): string {
  const text = `${SUPPRESSION_MARK} ${codes.join(', ')} -- ${reason}`;
  if (form === 'element') return `{/* ${text} */}`;
  return `${form === 'hash' ? '#' : '//'} ${text}`;
}

/** A finding that its author has switched off. */
export interface Suppressed {
  readonly finding: Finding;
  /** Why, in the author's words; never empty. */
  readonly reason: string;
}

/** What is left of findings after the author's comments were read. */
export interface Unsuppressed {
  readonly kept: Finding[];
  readonly suppressed: readonly Suppressed[];
}

interface Suppression {
  readonly comment: SyntaxNode;
  readonly codes: ReadonlySet<string>;
  readonly reason: string;
  readonly line: number;
}

/**
 * Takes out what the author has switched off with a comment, and adds findings about comments that don't hold: one
 * without a reason switches nothing off, and one that meets no finding is stale.
 */
export function applySuppressions(
  findings: readonly Finding[],
  source: { readonly file: string; readonly text: string; readonly lines: LineMap },
  comments: readonly SyntaxNode[],
): Unsuppressed {
  const suppressions = comments.flatMap(comment => readSuppression(comment, source));
  if (suppressions.length === 0) return { kept: [...findings], suppressed: [] };
  const used = new Set<Suppression>();
  const suppressed: Suppressed[] = [];
  const kept = findings.filter(finding => {
    const match = suppressions.find(s => s.line === finding.range.start.line && s.codes.has(finding.code));
    if (match === undefined) return true;
    used.add(match);
    if (match.reason === '') return true;
    suppressed.push({ finding, reason: match.reason });
    return false;
  });
  for (const suppression of suppressions) {
    const range = source.lines.rangeOf(suppression.comment.start, suppression.comment.end);
    if (suppression.reason === '') {
      kept.push({
        code: SUPPRESSION_WITHOUT_REASON,
        severity: 'warning',
        message: 'This suppression gives no reason, so it is not applied: add ` -- why this is safe`.',
        why: 'Whoever reviews the plugin has to see why the rule does not apply here.',
        file: source.file,
        range,
      });
    } else if (!used.has(suppression)) {
      kept.push({
        code: SUPPRESSION_UNUSED,
        severity: 'info',
        message: `Nothing on the next line is reported as ${[...suppression.codes].join(', ') || 'any rule'}.`,
        why: 'A stale suppression would hide the next real problem on that line.',
        file: source.file,
        range,
      });
    }
  }
  return { kept, suppressed };
}

function readSuppression(
  comment: SyntaxNode,
  source: { readonly text: string; readonly lines: LineMap },
): Suppression[] {
  const match = DIRECTIVE.exec(source.text.slice(comment.start, comment.end).replace(/\*\/$/, ''));
  if (match === null) return [];
  const [list = '', ...reason] = (match[1] ?? '').split('--');
  const codes = list.split(/[\s,]+/).filter(code => code !== '');
  const line = source.lines.positionAt(comment.end).line + 1;
  return [{ comment, codes: new Set(codes), reason: reason.join('--').trim(), line }];
}
