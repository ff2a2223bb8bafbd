import type { Abstract } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { misusedCalls, python } from './misuse.ts';

/** Only what names it as a placeholder is let through. */
const PLACEHOLDER = /^(?:<.*>|\{.*\}|\$.*|x+|\*+|\.+|)$/i;

function fixed(key: Abstract | undefined, { values }: RuleContext): string | undefined {
  if (key === undefined || !values.isFixed(key)) return undefined;
  const text = values.constantsOf(key).find(one => typeof one === 'string');
  return typeof text === 'string' && text.length >= 3 && !PLACEHOLDER.test(text)
    ? 'The key is the same for everyone who can read the source.'
    : undefined;
}

export const cryptoKeyRule: Rule = {
  id: 'PW-PY-CRYPTO-KEY',
  title: 'A key is written into the source',
  category: 'secrets',
  cwe: 321,
  severity: 'error',
  confidence: 'high',
  languages: python,
  docs: {
    risk: 'Everyone who can read the plugin can decrypt what it encrypts, and sign in its name.',
    remedy: 'Read the key from the configuration or from a store of secrets.',
    bad: 'import jwt\n\ndef sign(claims):\n    return jwt.encode(claims, "correct-horse-42", algorithm="HS256")',
    good: 'import os\nimport jwt\n\ndef sign(claims):\n    return jwt.encode(claims, os.environ["JWT_KEY"], algorithm="HS256")',
  },
  watches: [
    misusedCalls(
      'requests.get requests.post requests.put requests.delete requests.patch requests.request requests.auth.HTTPBasicAuth httpx.get httpx.post',
      (call, context) => {
        const pair = call.paths.includes('requests.auth.HTTPBasicAuth')
          ? call.args[1]?.value
          : context.values.field(call.argument(undefined, 'auth')?.value ?? {}, '1');
        return fixed(pair, context);
      },
    ),
    misusedCalls('jwt.encode jose.jwt.encode jwt.decode jose.jwt.decode', (call, context) =>
      fixed(call.argument(1, 'key')?.value, context),
    ),
    misusedCalls(
      'hmac.new hmac.digest cryptography.fernet.Fernet Crypto.Cipher.AES.new Crypto.Cipher.DES.new Crypto.Cipher.DES3.new Crypto.Cipher.ARC4.new Crypto.Cipher.Blowfish.new Crypto.Cipher.ChaCha20.new cryptography.hazmat.primitives.ciphers.algorithms.AES itsdangerous.URLSafeTimedSerializer itsdangerous.URLSafeSerializer itsdangerous.Signer itsdangerous.TimestampSigner nacl.secret.SecretBox',
      (call, context) => fixed(call.argument(0, 'key')?.value, context),
    ),
    misusedCalls(
      'psycopg2.connect psycopg.connect pymysql.connect MySQLdb.connect mysql.connector.connect pymssql.connect ldap3.Connection paramiko.SSHClient.connect smtplib.SMTP.login smtplib.SMTP_SSL.login ftplib.FTP.login ftplib.FTP_TLS.login',
      (call, context) => {
        // Passwords that are handed over by their name are told of by their name.
        const at = /login$/.test(call.method) ? 1 : 2;
        const view = call.args[at];
        return view === undefined || view.name !== undefined ? undefined : fixed(view.value, context);
      },
    ),
  ],
};
