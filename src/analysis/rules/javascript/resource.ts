import type { Rule } from '../rule.ts';
import { sinkRule } from '../sink-rule.ts';
import { javascriptLanguages } from './languages.ts';

export const resourceRule: Rule = sinkRule({
  id: 'PW-JS-RESOURCE',
  title: 'Others decide how much memory or time is used',
  category: 'other',
  cwe: 770,
  severity: 'warning',
  confidence: 'medium',
  languages: javascriptLanguages,
  docs: {
    risk: 'A large number in a request makes the process use all memory, or wait for hours.',
    remedy: 'Bound the number before it is used.',
    bad: "app.get('/', (req, res) => res.json(Buffer.alloc(req.query.bytes)));",
    good: "app.get('/', (req, res) => res.json(Buffer.alloc(Math.min(Number(req.query.bytes), 1024))));",
  },
  does: 'decides how much memory or time is used',
  sinks: [
    {
      call: [
        'global.Buffer.alloc',
        'global.Array',
        '**.repeat',
        '**.padStart',
        '**.padEnd',
        'crypto.randomBytes',
      ],
      from: 'user',
      when: (_event, value) => value.text === undefined,
    },
    { call: ['global.setTimeout', 'global.setInterval'], argument: 1, from: 'user' },
  ],
});
