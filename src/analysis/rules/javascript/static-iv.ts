import type { Rule } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

export const staticIvRule: Rule = {
  id: 'PW-JS-STATIC-IV',
  title: 'Every message is encrypted with the same IV, or every password hashed with the same salt',
  category: 'weak-crypto',
  cwe: 329,
  severity: 'error',
  confidence: 'high',
  languages: javascriptLanguages,
  docs: {
    risk: 'With the same IV equal texts look equal, and with GCM two messages are enough to forge more; with the same salt all passwords are tried at once.',
    remedy: 'Make a new one with `randomBytes` each time and keep it beside the result.',
    bad: "require('crypto').createCipheriv('aes-256-cbc', key, '0000000000000000');",
    good: "require('crypto').createCipheriv('aes-256-cbc', key, require('crypto').randomBytes(16));",
  },
  watches: [
    {
      on: 'call',
      of: ['crypto.createCipheriv'],
      check: (call, context) => {
        const iv = call.args[2];
        const cipher = call.args[0] && context.values.textOf(call.args[0].value);
        if (iv === undefined || (typeof cipher === 'string' && /ecb/i.test(cipher))) return;
        if (isConstant(iv, context))
          context.report(call.node, { message: 'The IV is the same for every message.' });
      },
    },
    {
      on: 'call',
      of: ['crypto.pbkdf2', 'crypto.pbkdf2Sync', 'crypto.scrypt', 'crypto.scryptSync'],
      check: (call, context) => {
        const salt = call.args[1];
        if (salt !== undefined && typeof context.values.textOf(salt.value) === 'string') {
          context.report(call.node, {
            message: 'The salt is the same for every password.',
            severity: 'warning',
          });
        }
      },
    },
  ],
};

type Check = Extract<Rule['watches'][number], { on: 'call' }>['check'];
type View = Parameters<Check>[0]['args'][number];

function isConstant({ node, value }: View, context: Parameters<Check>[1]): boolean {
  if (typeof context.values.textOf(value) === 'string') return true;
  const paths = context.values.pathsOf(value);
  const text = context.textOf(node);
  return (
    /^Buffer\.alloc\(\s*\d+\s*(?:,\s*(?:\d+|'[^']*'|"[^"]*")\s*)?\)$/.test(text) ||
    /^Buffer\.from\(\s*(?:'[^']*'|"[^"]*")\s*(?:,\s*['"]\w+['"]\s*)?\)$/.test(text) ||
    /^new Uint8Array\(\s*\d+\s*\)$/.test(text) ||
    paths.some(path => path === 'global.Buffer.alloc()')
  );
}
