import { secretIn } from '../../../manifest/secrets/index.ts';
import type { CallEvent } from '../../flow/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';
import { keyAndValue } from './syntax.ts';

const NAME =
  /(?:password|passwd|passphrase|pwd|secret|secret_?key|secret_?or_?key|api_?key|api_?secret|access_?key|secret_?access_?key|auth_?token|access_?token|refresh_?token|private_?key|client_?secret|encryption_?key|jwt_?secret|session_?secret|cookie_?secret|signing_?key|master_?key|db_?pass(?:word)?)$/i;

/** Things called like a secret that hold none. */
const NOT =
  /(?:label|placeholder|field|input|name|error|message|hint|type|text|title|url|path|regex|pattern|header|id|prefix|param|selector|class|key_?name)$/i;

/** Calls and the position of the argument that must not be written into the source. */
const KEYED: Readonly<Record<string, number>> = {
  'jsonwebtoken.sign': 1,
  'jsonwebtoken.verify': 1,
  'jwt-simple.encode': 1,
  'jwt-simple.decode': 1,
  'crypto.createHmac': 1,
  'crypto.createCipheriv': 1,
  'crypto.createDecipheriv': 1,
  'crypto-js.AES.encrypt': 1,
  'crypto-js.AES.decrypt': 1,
  'global.CryptoJS.AES.encrypt': 1,
  'crypto-js.HmacSHA256': 1,
  'cookie-parser': 0,
};

export const credentialRule: Rule = {
  id: 'PW-JS-CREDENTIAL',
  title: 'A password or key is written into the source',
  category: 'secrets',
  cwe: 798,
  severity: 'error',
  confidence: 'medium',
  languages: javascriptLanguages,
  docs: {
    risk: 'Everyone who can read the source can log in with it, and all installations share it.',
    remedy: 'Read it from the configuration or a secret store when the program runs.',
    bad: "const config = { host: 'db', password: 'hunter2024!' };",
    good: "const config = { host: 'db', password: process.env.DB_PASSWORD };",
  },
  watches: [
    {
      on: 'node',
      of: [
        'pair',
        'assignment_expression',
        'variable_declarator',
        'public_field_definition',
        'field_definition',
      ],
      check,
    },
    ...Object.entries(KEYED).map(([of, at]): Rule['watches'][number] => ({
      on: 'call',
      of: [of],
      check: (call, context) => checkKey(call, at, context),
    })),
    {
      on: 'call',
      of: [
        'express-session',
        'cookie-session',
        'express-jwt',
        'express-jwt.expressjwt',
        'koa-jwt',
        'koa-session',
        '@fastify/jwt',
        '@fastify/session',
      ],
      check: (call, context) => {
        const secret = call.option('secret') ?? call.option('keys');
        if (secret === undefined || isReportedPair(call, context)) return;
        if (
          [secret, ...context.values.elements(secret)].some(one => isSecretText(context.values.textOf(one)))
        )
          report(call.node, 'secret', context);
      },
    },
    {
      on: 'call',
      of: ['sequelize.Sequelize'],
      check: (call, context) => {
        const password = call.args[2];
        if (password && isSecretText(context.values.textOf(password.value)))
          report(call.node, 'password', context);
      },
    },
    {
      on: 'text',
      check: ({ node, value }, context) => {
        const password = /^[a-z][a-z\d+.-]*:\/\/[^\s:/@]+:([^\s:/@]{3,})@[\w.-]+/i.exec(value)?.[1];
        if (password === undefined || /^(?:[*x.]+|[<{$%].*|pass(?:word)?|pwd|secret|user)$/i.test(password))
          return;
        if (/localhost|127\.0\.0\.1|example\.(?:com|org)/.test(value) || secretIn(value) !== undefined)
          return;
        report(node, 'password', context);
      },
    },
  ],
};

function check(node: SyntaxNode, context: RuleContext): void {
  const found = keyAndValue(node, context.textOf) ?? declared(node, context);
  if (found === undefined || (found.value.type !== 'string' && found.value.type !== 'template_string'))
    return;
  if (
    found.value.end - found.value.start > 200 ||
    found.value.children.some(child => child.type === 'template_substitution')
  )
    return;
  if (found.key.length > 60 || !NAME.test(found.key) || NOT.test(found.key)) return;
  const text = context.textOf(found.value).slice(1, -1);
  if (!isSecretText(text) || sameWords(text, found.key) || secretIn(text) !== undefined) return;
  report(node, found.key, context);
}

function declared(node: SyntaxNode, context: RuleContext): { key: string; value: SyntaxNode } | undefined {
  const name = node.child('name') ?? node.child('property');
  const left = node.type === 'assignment_expression' ? node.child('left') : name;
  const value = node.child('value') ?? node.child('right');
  return left && value && left.end - left.start < 60 ? { key: context.textOf(left), value } : undefined;
}

/** Whether text looks like a secret and not like a word of the language, a label or a stand-in. */
function isSecretText(text: unknown): boolean {
  if (typeof text !== 'string' || text.length < 4 || text.length > 150) return false;
  if (
    /\s|^[<{$%[]|[>}\]]$|^\*+$|^x+$|^\.+$|^https?:|^\/|^--?\w|^#|\.(?:js|json|pem|key|txt|html?)$/i.test(text)
  )
    return false;
  if (
    /^(?:undefined|null|true|false|none|required|optional|string|text|hidden|password|passwd|secret|token|bearer|basic|change_?me|todo|test|example|dummy|placeholder|redacted|your[_-].*|my[_-]?(?:password|secret).?|.*example.*|.*placeholder.*|.*your[_-]?.*)$/i.test(
      text,
    )
  )
    return false;
  // Words of people's languages, as labels have them.
  if (/^\p{Lu}\p{Ll}+$/u.test(text) || /[^\x20-\x7e]/.test(text)) return false;
  // Names of settings, translations and properties.
  if (
    /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/.test(text) ||
    /^[a-z]+(?:\.[a-zA-Z]+)+$/.test(text) ||
    /^[a-z]+(?:[A-Z][a-z]+)+$/.test(text)
  )
    return false;
  return true;
}

function sameWords(text: string, key: string): boolean {
  const plain = (one: string): string => one.toLowerCase().replaceAll(/[\W_]/g, '');
  return plain(key).includes(plain(text)) || plain(text) === plain(key);
}

function checkKey(call: CallEvent, at: number, context: RuleContext): void {
  const key = call.args[at];
  const text = key && context.values.textOf(key.value);
  if (key === undefined || typeof text !== 'string' || text.length < 3 || secretIn(text) !== undefined)
    return;
  // A declaration that is called like a secret is reported itself.
  if (key.node.type === 'identifier' && NAME.test(context.textOf(key.node)) && isSecretText(text)) return;
  if (key.node.type === 'member_expression') return;
  report(call.node, 'key', context);
}

function isReportedPair(call: CallEvent, context: RuleContext): boolean {
  return (
    /\bsecret\s*:\s*['"`]/.test(context.textOf(call.node)) &&
    isSecretText(/\bsecret\s*:\s*['"`]([^'"`]*)/.exec(context.textOf(call.node))?.[1])
  );
}

function report(node: SyntaxNode, what: string, context: RuleContext): void {
  context.report(node, { message: `\`${what}\` is written into the source.` });
}
