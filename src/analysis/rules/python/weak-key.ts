import type { Abstract } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { lastPart, misusedCalls, only, python } from './misuse.ts';

function short(bits: Abstract | undefined, context: RuleContext): string | undefined {
  const size = only(bits, context);
  return typeof size === 'number' && size < 2048 ? `Keys of ${size} bits can be computed.` : undefined;
}

function few(rounds: Abstract | undefined, least: number, context: RuleContext): string | undefined {
  const count = only(rounds, context);
  return typeof count === 'number' && count < least
    ? `${count} rounds are too few to slow down whoever tries passwords.`
    : undefined;
}

export const weakKeyRule: Rule = {
  id: 'PW-PY-KEY-SIZE',
  title: 'A key is too short',
  category: 'weak-crypto',
  cwe: 326,
  severity: 'error',
  confidence: 'high',
  languages: python,
  docs: {
    risk: 'Keys of this size can be computed.',
    remedy:
      'Use RSA and DSA with 2048 bits or more, curves of 224 bits or more, and many rounds for passwords.',
    bad: 'from Crypto.PublicKey import RSA\n\nkey = RSA.generate(1024)',
    good: 'from Crypto.PublicKey import RSA\n\nkey = RSA.generate(3072)',
  },
  watches: [
    misusedCalls(
      'Crypto.PublicKey.RSA.generate Crypto.PublicKey.DSA.generate rsa.newkeys cryptography.hazmat.primitives.asymmetric.dsa.generate_private_key',
      (call, context) =>
        short(call.argument(0, lastPart(call) === 'generate' ? 'bits' : 'key_size')?.value, context),
    ),
    misusedCalls(
      'cryptography.hazmat.primitives.asymmetric.rsa.generate_private_key cryptography.hazmat.primitives.asymmetric.dh.generate_parameters',
      (call, context) => short(call.argument(1, 'key_size')?.value, context),
    ),
    misusedCalls(
      'cryptography.hazmat.primitives.asymmetric.ec.SECP192R1 cryptography.hazmat.primitives.asymmetric.ec.SECT163K1 cryptography.hazmat.primitives.asymmetric.ec.SECT163R2',
      () => 'This curve is too small.',
    ),
    misusedCalls('hashlib.pbkdf2_hmac', (call, context) =>
      few(call.argument(3, 'iterations')?.value, 10_000, context),
    ),
    misusedCalls('cryptography.hazmat.primitives.kdf.pbkdf2.PBKDF2HMAC', (call, context) =>
      few(call.argument(undefined, 'iterations')?.value, 10_000, context),
    ),
    misusedCalls('Crypto.Protocol.KDF.PBKDF2', (call, context) =>
      few(call.argument(3, 'count')?.value, 10_000, context),
    ),
    misusedCalls('bcrypt.gensalt', (call, context) => few(call.argument(0, 'rounds')?.value, 10, context)),
  ],
};
