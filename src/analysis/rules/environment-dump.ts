import { everyLanguage, type Rule } from '../rule.ts';
import type { SyntaxNode } from '../syntax/node.ts';

export const environmentDumpRule: Rule = {
  id: 'PW-JS-ENV-DUMP',
  title: 'The whole environment is handed on',
  category: 'secrets',
  cwe: 526,
  severity: 'warning',
  confidence: 'medium',
  languages: everyLanguage,
  docs: {
    risk: 'The environment holds tokens and passwords of the host; a log, a request or a started program then holds them too.',
    remedy: 'Name the variables that are needed.',
    bad: "fetch(url, { method: 'POST', body: JSON.stringify(process.env) });",
    good: 'const { PATH, LANG } = process.env;',
  },
  nodes: [
    'arguments',
    'spread_element',
    'pair',
    'return_statement',
    'template_substitution',
    'for_in_statement',
  ],
  check: (node, context) => {
    const candidates: readonly (SyntaxNode | undefined)[] =
      node.type === 'arguments'
        ? node.children
        : node.type === 'pair'
          ? [node.child('value')]
          : node.type === 'for_in_statement'
            ? [node.child('right')]
            : [node.inner];
    for (const candidate of candidates) {
      if (candidate === undefined || candidate.type === 'call_expression') continue;
      if (context.names.pathOf(candidate) !== 'global.process.env') continue;
      context.report(candidate, { message: 'All environment variables are handed on here.' });
    }
  },
};
