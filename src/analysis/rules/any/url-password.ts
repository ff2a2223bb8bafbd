import type { Rule } from '../rule.ts';
import { withoutOwnPasswords } from './languages.ts';
import { isPlaceholder } from './placeholders.ts';

const URL_WITH_PASSWORD =
  /\b([a-z][\w+.-]{1,20}):\/\/([^\s:@/'"?#]{0,64}):([^\s@/'"]{1,128})@([\w.-]+|\[[\da-f:]+\])/i;
const CONNECTION = /(?:^|[;\s])(?:password|pwd)\s*=\s*([^;\s'"]{3,64})\s*(?:;|$)/i;
const IS_CONNECTION = /(?:^|;)\s*(?:server|data source|host|user id|uid|database|initial catalog|dsn)\s*=/i;
const DOCUMENTED = new Set([
  'user',
  'username',
  'pass',
  'password',
  'passwd',
  'pw',
  'pwd',
  'secret',
  'p',
  'u',
  'foo',
  'bar',
  'baz',
  'a',
  'b',
]);

/** The password in an address or a database's connection text; `undefined` when there is none, or only a gap for one. */
function passwordIn(text: string): string | undefined {
  const [, , user = '', password, host = ''] = URL_WITH_PASSWORD.exec(text) ?? [];
  if (password !== undefined) {
    const isShown =
      DOCUMENTED.has(password.toLowerCase()) &&
      (DOCUMENTED.has(user.toLowerCase()) || /example|^host/.test(host));
    return isShown || isGap(password) || /(?:^|\.)example\.(?:com|org|net)$|^host(?:name)?$/.test(host)
      ? undefined
      : password;
  }
  const [, given] = IS_CONNECTION.test(text) ? (CONNECTION.exec(text) ?? []) : [];
  return given === undefined || isGap(given) ? undefined : given;
}

function isGap(password: string): boolean {
  return isPlaceholder(password) || /[{}<>$%]|^:|^\[|^\(/.test(password);
}

export const urlPasswordRule: Rule = {
  id: 'PW-ANY-URL-PASSWORD',
  title: 'An address holds a password',
  category: 'secrets',
  cwe: 798,
  severity: 'error',
  confidence: 'high',
  languages: withoutOwnPasswords,
  docs: {
    risk: 'Everyone who can read the plugin can log in; and addresses are written to logs, histories and reports.',
    remedy: 'Take user and password from the configuration, and change the password.',
    bad: "db = connect('postgres://shop:hG7kd93Lq@db.internal/shop')",
    good: "db = connect(os.environ['DATABASE_URL'])",
  },
  watches: [
    {
      on: 'text',
      check: ({ node, value }, context) => {
        if (value.length < 10 || value.length > 2_000 || passwordIn(value) === undefined) return;
        context.report(node, {
          message: 'The password in this address is known to all who can read the source.',
        });
      },
    },
  ],
};
