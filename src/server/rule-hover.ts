import { type Hover, MarkupKind, type Position } from 'vscode-languageserver/node';
import { rules } from '../analysis/index.ts';
import type { Finding } from '../base/index.ts';

/** How to mend the pattern under the cursor; why it is dangerous stands in the diagnostic. */
export function hoverFromRule(findings: readonly Finding[], position: Position): Hover | null {
  const finding = findings.find(({ range: { start, end } }) => {
    const afterStart = position.line > start.line || position.character >= start.character;
    const beforeEnd = position.line < end.line || position.character <= end.character;
    return position.line >= start.line && position.line <= end.line && afterStart && beforeEnd;
  });
  const rule = finding && rules.find(({ id }) => id === finding.code);
  if (finding === undefined || rule === undefined) return null;
  const { remedy, good } = rule.docs;
  const value = `**${rule.title}** (${rule.id})\n\n${remedy}\n\n\`\`\`js\n${good}\n\`\`\``;
  return { contents: { kind: MarkupKind.Markdown, value }, range: finding.range };
}
