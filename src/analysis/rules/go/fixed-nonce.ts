import type { Abstract } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { go } from './languages.ts';
import { membersOf } from './tainted.ts';

/** Initialisation vectors and nonces that are the same every time. */
export const fixedNonceRule: Rule = {
  id: 'PW-GO-FIXED-NONCE',
  title: 'A nonce or initialisation vector is the same every time',
  category: 'weak-crypto',
  cwe: 329,
  severity: 'error',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'Two messages under the same key and nonce give away what is different in them, and with GCM the key that signs.',
    remedy: 'Fill the nonce with `crypto/rand` for every message and send it along.',
    bad: 'import "crypto/cipher"\n\nfunc seal(aead cipher.AEAD, text []byte) []byte {\n\tnonce := make([]byte, 12)\n\treturn aead.Seal(nil, nonce, text, nil)\n}',
    good: 'import (\n\t"crypto/cipher"\n\t"crypto/rand"\n)\n\nfunc seal(aead cipher.AEAD, text []byte) []byte {\n\tnonce := make([]byte, 12)\n\trand.Read(nonce)\n\treturn aead.Seal(nonce, nonce, text, nil)\n}',
  },
  watches: [
    {
      on: 'call',
      of: [
        ...membersOf('crypto/cipher', 'NewCBCEncrypter NewCTR NewCFBEncrypter NewOFB'),
        'crypto/cipher.AEAD.Seal',
      ],
      check: (call, context) => {
        const nonce = call.argument(1);
        if (nonce !== undefined && isFixed(nonce.value, context)) {
          context.report(call.node, {
            message: 'This nonce or initialisation vector is the same every time.',
          });
        }
      },
    },
  ],
};

/** Constant, or made and never filled. */
function isFixed(value: Abstract, { values }: RuleContext): boolean {
  if (values.pathsOf(value).includes('builtin.make()')) return true;
  if (values.taintOf(value, 'weak-crypto') !== undefined) return false;
  const hasContents = value.constants !== undefined || (value.fields?.size ?? 0) > 0;
  return (
    hasContents && values.isFixed(value) && (value.fields !== undefined || value.constants?.[0] !== undefined)
  );
}
