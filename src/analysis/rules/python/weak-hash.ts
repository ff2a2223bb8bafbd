import type { Rule } from '../rule.ts';
import { isOff, lastPart, misusedCalls, python } from './misuse.ts';

const DIRECT =
  'hashlib.md5 hashlib.sha1 md5.new md5.md5 sha.new Crypto.Hash.MD2.new Crypto.Hash.MD4.new Crypto.Hash.MD5.new Crypto.Hash.SHA.new Crypto.Hash.SHA1.new ' +
  'cryptography.hazmat.primitives.hashes.MD5 cryptography.hazmat.primitives.hashes.SHA1 passlib.hash.md5_crypt.hash passlib.hash.des_crypt.hash ' +
  'passlib.hash.sha1_crypt.hash passlib.hash.md5_crypt.encrypt passlib.hash.hex_md5.hash passlib.hash.hex_sha1.hash passlib.hash.lmhash.hash passlib.hash.nthash.hash crypt.crypt';

function broken(name: string): string {
  return name === 'crypt'
    ? '`crypt` is too fast and too weak for passwords.'
    : `\`${name}\` is a broken hash function.`;
}

export const weakHashRule: Rule = {
  id: 'PW-PY-HASH',
  title: 'A broken hash function is used',
  category: 'weak-crypto',
  cwe: 327,
  severity: 'warning',
  confidence: 'high',
  languages: python,
  docs: {
    risk: 'MD5 and SHA-1 can be forged: two different texts with one hash are made in minutes, and passwords hashed with them are found by trying.',
    remedy:
      'Use SHA-256 or better, and for passwords `bcrypt`, `scrypt` or `argon2`. Say `usedforsecurity=False` where it only tells data apart.',
    bad: 'import hashlib\n\ndigest = hashlib.md5(b"data").hexdigest()',
    good: 'import hashlib\n\ndigest = hashlib.sha256(b"data").hexdigest()',
  },
  watches: [
    misusedCalls(DIRECT, (call, context) =>
      isOff(call.option('usedforsecurity'), context) ? undefined : broken(lastPart(call)),
    ),
    misusedCalls('hashlib.new Crypto.Hash.new hmac.new hmac.digest hashlib.pbkdf2_hmac', (call, context) => {
      if (isOff(call.option('usedforsecurity'), context)) return undefined;
      const position =
        lastPart(call) === 'new' && !call.paths.includes('hmac.new')
          ? 0
          : call.paths.includes('hmac.digest')
            ? 2
            : 2;
      const given = call.paths.includes('hashlib.pbkdf2_hmac')
        ? call.argument(0, 'hash_name')
        : (call.argument(undefined, 'digestmod') ??
          call.argument(position, position === 0 ? 'name' : 'digest'));
      const name = given && context.values.textOf(given.value);
      // SHA-1 in an HMAC and in PBKDF2 is not broken.
      const isKeyed = !call.paths.includes('hashlib.new');
      return name && (isKeyed ? /^md[245]$/i : /^(?:md[245]|sha-?1|ripemd(?:160)?)$/i).test(name)
        ? broken(name)
        : undefined;
    }),
  ],
};
