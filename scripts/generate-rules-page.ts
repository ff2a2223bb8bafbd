import {
  categories as allCategories,
  type Category,
  MAX_SOURCE_LENGTH,
  type Rule,
  rules,
  SCAN_TOO_LARGE,
  type SourceLanguage,
  SUPPRESSION_UNUSED,
  SUPPRESSION_WITHOUT_REASON,
} from '../src/analysis/index.ts';
import { SCAN_UNREADABLE } from '../src/cli/read-source.ts';

/** The categories in words. */
export const CATEGORY_TITLES: Readonly<Record<Category, string>> = {
  'code-eval': 'Running text as code',
  'command-injection': 'Starting other programs',
  deserialization: 'Reading data that can run code',
  'path-traversal': 'Files',
  ssrf: 'Requests to addresses of others’ choice',
  'weak-crypto': 'Cryptography',
  'tls-disabled': 'Connections that are not checked',
  secrets: 'Secrets',
  xss: 'In the page',
  'sql-injection': 'Databases',
  'prototype-pollution': 'Prototypes',
  'dynamic-import': 'Loading code',
  obfuscation: 'Hidden code',
  exfiltration: 'Data that leaves',
  'unsafe-memory': 'Memory and native code',
  other: 'Other',
};

const LANGUAGE_TITLES: Readonly<Record<SourceLanguage, string>> = {
  javascript: 'JavaScript and TypeScript',
  typescript: 'JavaScript and TypeScript',
  tsx: 'JavaScript and TypeScript',
  python: 'Python',
  go: 'Go',
  rust: 'Rust',
};

/** The text of `docs/rules.md`, made from what each rule says about itself. */
export function generateRulesPage(): string {
  const categories = allCategories.filter(category => rules.some(rule => rule.category === category));
  const parts = [
    '<!-- Generated from src/analysis/rules by scripts/generate-rules-page.ts. -->',
    '# Dangerous patterns',
    'What the editor and `plugin-workbench scan` look for in JavaScript, TypeScript, Python, Go and Rust. Rules don’t go by names but by what happens: names are followed through imports, aliases, destructuring and constants that are put together, and data from where it comes in (a request, a message, another plugin, a file, a parameter) to where it can do harm, through functions and across the files of a plugin. `window["ev" + "al"]` is found, and a method of your own called `eval` is not. What a user decides is reported with the severity below; what only the machine or a caller decides, as a warning.',
    [
      '| rule | finds | in | severity | CWE |',
      '|---|---|---|---|---|',
      ...rules.map(
        rule =>
          `| [${rule.id}](#${rule.id.toLowerCase()}) | ${rule.title} | ${languagesOf(rule)} | ${rule.severity} | ${cweOf(rule)} |`,
      ),
    ].join('\n'),
    '## Switching a rule off for one line',
    'With a comment on the line above, in the way of the language (`#` in Python), and a reason:',
    fence(
      '// plugin-workbench-disable-next-line PW-JS-EVAL -- the text is a constant of our own build\neval(prelude);',
    ),
    `Without a reason the comment is not applied, and is reported as \`${SUPPRESSION_WITHOUT_REASON}\`; one that meets no finding is reported as \`${SUPPRESSION_UNUSED}\`.`,
    '## Choosing what is said',
    'In the editor, `pluginWorkbench.analysis.rules` gives a rule another severity or switches it off (`"PW-JS-EVAL": "off"`), and `pluginWorkbench.analysis.categories` all rules of a category: ' +
      `${allCategories.map(category => `\`${category}\``).join(', ')}. In test code a finding is information at most.`,
    '## Files that are not checked',
    `Dependencies, build output and minified files are skipped. Of a file over ${MAX_SOURCE_LENGTH / 1024} KiB, and of one that takes too long, only a part is checked; that is reported as \`${SCAN_TOO_LARGE}\`; on the command line one that can’t be read, as \`${SCAN_UNREADABLE}\`.`,
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
    `Reported:\n\n${fence(rule.docs.bad, rule)}`,
    `Better:\n\n${fence(rule.docs.good, rule)}`,
  ];
}

function cweOf({ cwe }: Rule): string {
  return `[CWE-${cwe}](https://cwe.mitre.org/data/definitions/${cwe}.html)`;
}

function languagesOf({ languages }: Rule): string {
  const titles = new Set(languages.map(language => LANGUAGE_TITLES[language]));
  return titles.size === new Set(Object.values(LANGUAGE_TITLES)).size ? 'all' : [...titles].join(', ');
}

function fence(code: string, rule?: Rule): string {
  const [language = 'javascript'] = rule?.languages ?? [];
  return `\`\`\`${language === 'javascript' ? 'js' : language}\n${code}\n\`\`\``;
}
