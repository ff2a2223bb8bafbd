import type { CallEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { go } from './languages.ts';

/** Keys that are too short, and passwords hashed too fast. */
export const weakKeyRule: Rule = {
  id: 'PW-GO-WEAK-KEY',
  title: 'A key is too short, or a password is hashed too fast',
  category: 'weak-crypto',
  cwe: 326,
  severity: 'warning',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'Short keys and cheap hashes are found by trying, on rented machines in days.',
    remedy: 'Use RSA keys of 3072 bits or Ed25519, bcrypt with cost 12, PBKDF2 with 600,000 rounds.',
    bad: 'import (\n\t"crypto/rand"\n\t"crypto/rsa"\n)\n\nfunc key() (*rsa.PrivateKey, error) {\n\treturn rsa.GenerateKey(rand.Reader, 1024)\n}',
    good: 'import (\n\t"crypto/rand"\n\t"crypto/rsa"\n)\n\nfunc key() (*rsa.PrivateKey, error) {\n\treturn rsa.GenerateKey(rand.Reader, 3072)\n}',
  },
  watches: [
    {
      on: 'call',
      of: ['crypto/rsa.GenerateKey'],
      check: (call, context) => below(call, 1, 2048, 'RSA keys of less than 2048 bits are broken.', context),
    },
    {
      on: 'call',
      of: ['crypto/rsa.GenerateMultiPrimeKey'],
      check: (call, context) => below(call, 2, 2048, 'RSA keys of less than 2048 bits are broken.', context),
    },
    {
      on: 'call',
      of: ['golang.org/x/crypto/bcrypt.GenerateFromPassword'],
      check: (call, context) => {
        const paths = call.args[1] ? context.values.pathsOf(call.args[1].value) : [];
        const isLeast = paths.includes('golang.org/x/crypto/bcrypt.MinCost');
        const message = 'This bcrypt cost is so low that passwords are found by trying.';
        if (isLeast) context.report(call.node, { message });
        else below(call, 1, 10, message, context);
      },
    },
    {
      on: 'call',
      of: ['golang.org/x/crypto/pbkdf2.Key', 'crypto/pbkdf2.Key'],
      check: (call, context) => {
        const position = call.paths.includes('crypto/pbkdf2.Key') ? 3 : 2;
        below(call, position, 100_000, 'So few rounds of PBKDF2 let passwords be found by trying.', context);
      },
    },
    {
      on: 'call',
      of: ['golang.org/x/crypto/scrypt.Key'],
      check: (call, context) =>
        below(call, 2, 16_384, 'This scrypt cost lets passwords be found by trying.', context),
    },
    {
      on: 'call',
      of: ['crypto/dsa.GenerateParameters', 'crypto/dsa.GenerateKey'],
      check: (call, context) => context.report(call.node, { message: 'DSA is withdrawn: use Ed25519.' }),
    },
    {
      on: 'call',
      of: ['crypto/sha256.Sum256', 'crypto/sha512.Sum512', 'crypto/sha256.Sum224', 'crypto/sha512.Sum384'],
      check: (call, context) => {
        const given = call.args[0];
        if (
          given !== undefined &&
          /\b(?:\w*[pP]assw(?:or)?d|passphrase|pwd)\b/.test(context.textOf(given.node))
        ) {
          context.report(call.node, {
            message: 'A password is hashed by a function made to be fast: it is found by trying.',
          });
        }
      },
    },
  ],
};

function below(
  call: CallEvent,
  position: number,
  least: number,
  message: string,
  context: RuleContext,
): void {
  const given = call.argument(position);
  const [number] = given === undefined ? [] : context.values.constantsOf(given.value);
  if (typeof number === 'number' && number < least && number > 0) context.report(call.node, { message });
}
