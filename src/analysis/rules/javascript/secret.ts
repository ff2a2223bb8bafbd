import { secretIn } from '../../../manifest/secrets/index.ts';
import type { Rule } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

export const secretRule: Rule = {
  id: 'PW-JS-SECRET',
  title: 'A key or token is written into the source',
  category: 'secrets',
  cwe: 798,
  severity: 'error',
  confidence: 'high',
  languages: javascriptLanguages,
  docs: {
    risk: 'Everyone who can read the plugin can use the key, and it stays in the history of the repository after it is taken out.',
    remedy: "Revoke it, then read its successor from the plugin's configuration when it runs.",
    bad: "const client = connect({ apiKey: 'ghp_…' });",
    good: 'const client = connect({ apiKey: context.config.apiKey });',
  },
  watches: [
    {
      on: 'text',
      check: ({ node, value }, context) => {
        const kind = value.length < 14 ? undefined : secretIn(value);
        if (kind !== undefined) context.report(node, { message: `This looks like ${kind}.` });
      },
    },
    {
      on: 'node',
      of: ['comment'],
      check: (node, context) => {
        const kind = node.end - node.start < 16 ? undefined : secretIn(context.textOf(node));
        // The first line of a key alone is an explanation.
        if (/private key/i.test(kind ?? '') && !/KEY-----[\s*/\\n]*[\w+/=]{32}/.test(context.textOf(node)))
          return;
        if (kind !== undefined) context.report(node, { message: `This looks like ${kind}.` });
      },
    },
  ],
};
