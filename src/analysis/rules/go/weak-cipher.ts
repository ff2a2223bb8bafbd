import { sinkRule } from '../sink-rule.ts';
import { go } from './languages.ts';
import { membersOf } from './tainted.ts';

/** Ciphers that are broken, and block ciphers used block by block. */
export const weakCipherRule = sinkRule({
  id: 'PW-GO-WEAK-CIPHER',
  title: 'A broken cipher is used',
  category: 'weak-crypto',
  cwe: 327,
  severity: 'warning',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'DES keys are found by trying, RC4 leaks what it hides, and equal blocks stay equal when a block cipher is used block by block.',
    remedy: 'Use AES with `cipher.NewGCM`, or `chacha20poly1305`.',
    bad: 'import "crypto/des"\n\nfunc open(key []byte) {\n\tdes.NewCipher(key)\n}',
    good: 'import (\n\t"crypto/aes"\n\t"crypto/cipher"\n)\n\nfunc open(key []byte) (cipher.AEAD, error) {\n\tblock, err := aes.NewCipher(key)\n\tif err != nil {\n\t\treturn nil, err\n\t}\n\treturn cipher.NewGCM(block)\n}',
  },
  does: 'This cipher is broken',
  sinks: [
    {
      call: [
        ...membersOf('crypto/des', 'NewCipher NewTripleDESCipher'),
        'crypto/rc4.NewCipher',
        ...membersOf('golang.org/x/crypto/blowfish', 'NewCipher NewSaltedCipher'),
        'golang.org/x/crypto/cast5.NewCipher',
        'golang.org/x/crypto/tea.NewCipher',
        'golang.org/x/crypto/xtea.NewCipher',
      ],
      from: 'always',
    },
    {
      call: ['crypto/cipher.Block.Encrypt', 'crypto/cipher.Block.Decrypt'],
      from: 'always',
      does: 'One block is encrypted alone (ECB): equal blocks stay equal',
    },
  ],
});
