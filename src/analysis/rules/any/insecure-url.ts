import type { Rule } from '../rule.ts';
import { all } from './languages.ts';

const PLAIN = /^(?:ftp|telnet|tftp|rsh|rlogin):\/\/(?!localhost|127\.|\[::1\])[\w.-]+\.[\w.-]+/i;
const WITH_SECRET =
  /^(?:http|ws):\/\/(?!localhost|127\.|10\.|192\.168\.|\[|0\.0\.0\.0)[^\s?]+\?(?:[^\s]*&)?(?:api_?key|access_?token|auth_?token|token|password|passwd|secret)=/i;
const TEST_HOST = /:\/\/[\w.-]*(?:example\.(?:com|org|net)|\.test|\.local)(?:[:/?]|$)/i;

export const insecureUrlRule: Rule = {
  id: 'PW-ANY-INSECURE-URL',
  title: 'An address whose protocol sends passwords in plain text',
  category: 'tls-disabled',
  cwe: 319,
  severity: 'warning',
  confidence: 'medium',
  languages: all,
  docs: {
    risk: 'Everyone on the way reads user names, passwords and contents, and can change them.',
    remedy: 'Use `https`, `wss`, SFTP or SSH.',
    bad: "download('ftp://files.acme.io/update.zip');",
    good: "download('https://files.acme.io/update.zip');",
  },
  watches: [
    {
      on: 'text',
      check: ({ node, value }, context) => {
        if (value.length < 10 || TEST_HOST.test(value)) return;
        if (PLAIN.test(value))
          context.report(node, { message: 'What goes there can be read by everyone on the way.' });
        else if (WITH_SECRET.test(value)) {
          context.report(node, { message: 'The secret in this address can be read by everyone on the way.' });
        }
      },
    },
  ],
};
