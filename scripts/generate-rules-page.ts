import {
  type Rule,
  rules,
  SCAN_TOO_LARGE,
  SUPPRESSION_UNUSED,
  SUPPRESSION_WITHOUT_REASON,
} from '../src/analysis/index.ts';
import { SCAN_UNREADABLE } from '../src/cli/read-source.ts';

const CATEGORY_TITLES: Readonly<Record<Rule['category'], string>> = {
  'code-execution': 'Running text as code',
  process: 'Starting other programs',
  files: 'Files',
  browser: 'In the page',
  cryptography: 'Cryptography',
  secrets: 'Secrets',
  data: 'Data',
  runtime: 'Runtime internals',
};

/** The text of `docs/rules.md`, made from what each rule says about itself. */
export function generateRulesPage(): string {
  const categories = [...new Set(rules.map(rule => rule.category))];
  const parts = [
    '<!-- Generated from src/analysis/rules by scripts/generate-rules-page.ts. -->',
    '# Dangerous patterns',
    'What the editor and `plugin-workbench scan` look for in JavaScript and TypeScript. Names are followed through imports, `require`, destructuring, aliases and constant strings within a file, so that `window["ev" + "al"]` is found and a method of your own called `eval` is not.',
    [
      '| rule | finds | severity | CWE |',
      '|---|---|---|---|',
      ...rules.map(
        rule =>
          `| [${rule.id}](#${rule.id.toLowerCase()}) | ${rule.title} | ${rule.severity} | ${cweOf(rule)} |`,
      ),
    ].join('\n'),
    '## Switching a rule off for one line',
    'With a comment on the line above, and a reason:',
    fence(
      '// plugin-workbench-disable-next-line PW-JS-EVAL -- the text is a constant of our own build\neval(prelude);',
    ),
    `Without a reason the comment is not applied, and is reported as \`${SUPPRESSION_WITHOUT_REASON}\`; one that meets no finding is reported as \`${SUPPRESSION_UNUSED}\`.`,
    '## Files that are not checked',
    `Dependencies, build output and minified files are skipped. A file over 2 MiB, or one that takes too long, is reported as \`${SCAN_TOO_LARGE}\`; on the command line one that can’t be read, as \`${SCAN_UNREADABLE}\`.`,
  ];
  for (const category of categories) {
    parts.push(`## ${CATEGORY_TITLES[category]}`);
    for (const rule of rules) if (rule.category === category) parts.push(...sectionOf(rule));
  }
  return `${parts.join('\n\n')}\n`;
}

function sectionOf(rule: Rule): string[] {
  return [
    `### ${rule.id}`,
    `**${rule.title}.** Severity ${rule.severity}, confidence ${rule.confidence}, ${cweOf(rule)}.`,
    rule.docs.risk,
    rule.docs.remedy,
    `Reported:\n\n${fence(rule.docs.bad)}`,
    `Better:\n\n${fence(rule.docs.good)}`,
  ];
}

function cweOf({ cwe }: Rule): string {
  return cwe === undefined ? 'no CWE' : `[CWE-${cwe}](https://cwe.mitre.org/data/definitions/${cwe}.html)`;
}

function fence(code: string): string {
  return `\`\`\`js\n${code}\n\`\`\``;
}
