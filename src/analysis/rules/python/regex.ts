import { isExponential } from '../javascript/regex-shape.ts';
import type { Rule } from '../rule.ts';
import { misusedCalls, python } from './misuse.ts';

const CALLS = 'compile match search fullmatch findall finditer split sub subn'
  .split(' ')
  .flatMap(name => [`re.${name}`, `regex.${name}`]);

export const regexRule: Rule = {
  id: 'PW-PY-REGEX',
  title: 'A regular expression can take for ever',
  category: 'other',
  cwe: 1333,
  severity: 'warning',
  confidence: 'high',
  languages: python,
  docs: {
    risk: 'Text made for it keeps the expression busy for hours: the plugin hangs.',
    remedy:
      'Write the repetition so that each round begins with something of its own; `re.escape` text of others.',
    bad: 'import re\n\npattern = re.compile(r"^(a+)+$")',
    good: 'import re\n\npattern = re.compile(r"^a+$")',
  },
  watches: [
    misusedCalls(CALLS, (call, { values }) => {
      const pattern = call.argument(0, 'pattern')?.value;
      if (pattern === undefined) return undefined;
      const text = values.textOf(pattern);
      if (text !== undefined)
        return isExponential(text) ? 'Some texts keep this expression busy for hours.' : undefined;
      const taint = values.taintOf(pattern, 'other');
      return taint?.level === 'user'
        ? {
            message: `${taint.source.charAt(0).toUpperCase()}${taint.source.slice(1)} is used as a regular expression.`,
            taint,
          }
        : undefined;
    }),
  ],
};
