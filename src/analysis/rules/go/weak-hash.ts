import type { Rule } from '../rule.ts';
import { go } from './languages.ts';

const NAMES: Readonly<Record<string, string>> = {
  'crypto/md5': 'MD5',
  'crypto/sha1': 'SHA-1',
  'golang.org/x/crypto/md4': 'MD4',
  'golang.org/x/crypto/ripemd160': 'RIPEMD-160',
};

/** Hash functions that are broken. */
export const weakHashRule: Rule = {
  id: 'PW-GO-WEAK-HASH',
  title: 'A broken hash function is used',
  category: 'weak-crypto',
  cwe: 328,
  severity: 'warning',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'Different contents with the same MD5 or SHA-1 can be made on purpose: what is checked or signed by such a hash can be swapped.',
    remedy: 'Use `crypto/sha256`; for passwords `golang.org/x/crypto/bcrypt` or `argon2`.',
    bad: 'import "crypto/md5"\n\nfunc digest(b []byte) [16]byte {\n\treturn md5.Sum(b)\n}',
    good: 'import "crypto/sha256"\n\nfunc digest(b []byte) [32]byte {\n\treturn sha256.Sum256(b)\n}',
  },
  watches: [
    {
      on: 'call',
      of: Object.keys(NAMES).flatMap(module => [`${module}.New`, `${module}.Sum`]),
      check: (call, context) => {
        const module = call.paths
          .map(path => path.slice(0, path.lastIndexOf('.')))
          .find(path => path in NAMES);
        if (module !== undefined) context.report(call.node, { message: `${NAMES[module]} can be forged.` });
      },
    },
    {
      on: 'call',
      of: ['crypto/hmac.New', 'golang.org/x/crypto/pbkdf2.Key', 'golang.org/x/crypto/hkdf.New'],
      check: (call, context) => {
        const paths = call.args.flatMap(({ value }) => context.values.pathsOf(value));
        if (paths.includes('crypto/md5.New') || paths.includes('golang.org/x/crypto/md4.New')) {
          context.report(call.node, { message: 'MD5 is no base for a signature or key any more.' });
        }
      },
    },
    {
      on: 'call',
      of: [
        'crypto/rsa.SignPKCS1v15',
        'crypto/rsa.VerifyPKCS1v15',
        'crypto/rsa.SignPSS',
        'crypto/rsa.VerifyPSS',
      ],
      check: (call, context) => {
        const paths = call.args.flatMap(({ value }) => context.values.pathsOf(value));
        const weak = paths.find(path => path === 'crypto.MD5' || path === 'crypto.SHA1');
        if (weak !== undefined) {
          context.report(call.node, { message: `A signature over ${weak.slice(7)} can be forged.` });
        }
      },
    },
  ],
};
