import type { Rule } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

export const bindAllRule: Rule = {
  id: 'PW-JS-BIND-ALL',
  title: 'A server listens on all networks',
  category: 'ssrf',
  cwe: 1327,
  severity: 'info',
  confidence: 'medium',
  languages: javascriptLanguages,
  docs: {
    risk: 'Whoever is in the same network, or further away, can reach the server.',
    remedy: 'Listen on `127.0.0.1` unless others are meant to come in.',
    bad: "require('http').createServer().listen(8080, '0.0.0.0');",
    good: "require('http').createServer().listen(8080, '127.0.0.1');",
  },
  watches: [
    {
      on: 'call',
      of: ['**.listen', '**.bind'],
      check: (call, context) => {
        const host = call.option('host') ?? call.option('address') ?? call.args[1]?.value;
        const name = host && context.values.textOf(host);
        if (name !== '0.0.0.0' && name !== '::') return;
        context.report(call.node, { message: 'This server can be reached from all networks.' });
      },
    },
  ],
};
