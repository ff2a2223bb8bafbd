import type { Rule } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';
import { isExponential } from './regex-shape.ts';
import { subjectOf } from './wording.ts';

export const regexRule: Rule = {
  id: 'PW-JS-REGEX',
  title: 'A regular expression can take forever',
  category: 'other',
  cwe: 1333,
  severity: 'error',
  confidence: 'medium',
  languages: javascriptLanguages,
  docs: {
    risk: 'Some text makes such an expression try more ways than there are atoms; the process stands still for all.',
    remedy:
      'Say each repetition once, bound the length of the text, and escape text that is put into an expression.',
    bad: 'const valid = /^(\\w+\\s?)*$/.test(text);',
    good: 'const valid = /^[\\w\\s]*$/.test(text);',
  },
  watches: [
    {
      on: 'call',
      of: ['global.RegExp'],
      check: (call, context) => {
        const [pattern] = call.args;
        if (pattern === undefined) return;
        const text = context.values.textOf(pattern.value);
        if (typeof text === 'string') {
          if (isExponential(text)) {
            context.report(call.node, {
              message: 'Nested repetitions in this expression can take forever.',
              severity: 'warning',
            });
          }
          return;
        }
        const taint = context.values.taintOf(pattern.value, 'other');
        if (taint?.level !== 'user') return;
        context.report(call.node, {
          message: `${subjectOf(taint, '')} becomes a regular expression.`,
          taint,
        });
      },
    },
  ],
};
