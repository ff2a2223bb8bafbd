import { type Hover, MarkupKind, type Position } from 'vscode-languageserver/node';
import { type Rule, rules } from '../analysis/index.ts';
import type { Finding } from '../base/index.ts';
import { cweAddress } from './convert.ts';

const RULES: ReadonlyMap<string, Rule> = new Map(rules.map(rule => [rule.id, rule]));

/** The documentation of the rules whose patterns are under the cursor. */
export function hoverFromRule(findings: readonly Finding[], position: Position): Hover | null {
  const found = findings.filter(finding => RULES.has(finding.code) && isAt(finding, position));
  const [first] = found;
  if (first === undefined) return null;
  const texts = [...new Set(found.map(({ code }) => code))].flatMap(code => {
    const rule = RULES.get(code);
    return rule === undefined ? [] : [describe(rule)];
  });
  return { contents: { kind: MarkupKind.Markdown, value: texts.join('\n\n---\n\n') }, range: first.range };
}

function describe({ id, title, category, cwe, confidence, docs, languages }: Rule): string {
  const [language = 'javascript'] = languages;
  const block = (code: string): string => `\`\`\`${language}\n${code}\n\`\`\``;
  return [
    `**${title}** (${id})`,
    `${category} · [CWE-${cwe}](${cweAddress(cwe)}) · ${confidence} confidence`,
    docs.risk,
    docs.remedy,
    `Reported:\n\n${block(docs.bad)}`,
    `Better:\n\n${block(docs.good)}`,
  ].join('\n\n');
}

function isAt({ range: { start, end } }: Finding, { line, character }: Position): boolean {
  const isAfterStart = line > start.line || (line === start.line && character >= start.character);
  const isBeforeEnd = line < end.line || (line === end.line && character <= end.character);
  return isAfterStart && isBeforeEnd;
}
