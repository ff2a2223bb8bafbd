import type { Rule } from '../rule.ts';
import { calls, rust } from './languages.ts';

const MAKERS = ['new', 'new_from_slice', 'new_from_slices', 'new_var', 'new_varkey', 'new_fix', 'inner_init'];

const TYPES = calls(
  'des.Des des.TdesEde2 des.TdesEde3 des.TdesEee2 des.TdesEee3 rc4.Rc4 rc2.Rc2 blowfish.Blowfish blowfish.BlowfishLE cast5.Cast5 idea.Idea ecb.Encryptor ecb.Decryptor block_modes.Ecb xtea.Xtea tea.Tea magma.Magma',
);

const BLOCK = /\b(?:Des|Tdes\w*|Rc2|Blowfish|Cast5|Idea)\b/;

export const weakCipherRule: Rule = {
  id: 'PW-RS-WEAK-CIPHER',
  title: 'A broken cipher or mode is used',
  category: 'weak-crypto',
  cwe: 327,
  severity: 'error',
  confidence: 'high',
  languages: rust,
  docs: {
    risk: 'DES, RC2, RC4 and Blowfish can be broken; ECB shows which parts of the text are equal.',
    remedy: 'Use AES-GCM or ChaCha20-Poly1305 with a new nonce for each message.',
    bad: `fn seal(key: &[u8]) {
    let cipher = rc4::Rc4::new(key.into());
}`,
    good: `fn seal(key: &aes_gcm::Key<aes_gcm::Aes256Gcm>) {
    let cipher = aes_gcm::Aes256Gcm::new(key);
}`,
  },
  watches: [
    {
      on: 'call',
      of: MAKERS.flatMap(maker => TYPES.map(type => `${type}.${maker}`)),
      check: (call, context) => {
        context.report(call.node, {
          message: `\`${call.paths[0]?.split('.').at(-2) ?? 'This'}\` no longer keeps a secret.`,
        });
      },
    },
    {
      on: 'call',
      of: ['cbc', 'ctr', 'cfb_mode', 'cfb8', 'ofb', 'pcbc', 'ige'].flatMap(mode =>
        MAKERS.flatMap(maker => ['Encryptor', 'Decryptor'].map(type => `${mode}.${type}.${maker}`)),
      ),
      check: (call, context) => {
        const found = BLOCK.exec(context.textOf(call.node))?.[0];
        if (found !== undefined)
          context.report(call.node, { message: `\`${found}\` no longer keeps a secret.` });
      },
    },
    {
      on: 'call',
      of: calls(
        'openssl.symm.Cipher.des_cbc openssl.symm.Cipher.des_ecb openssl.symm.Cipher.des_cfb8 openssl.symm.Cipher.des_ofb openssl.symm.Cipher.des_cfb64 openssl.symm.Cipher.des_ede3 openssl.symm.Cipher.des_ede3_cbc openssl.symm.Cipher.des_ede3_ecb',
        'openssl.symm.Cipher.rc4 openssl.symm.Cipher.bf_cbc openssl.symm.Cipher.bf_ecb openssl.symm.Cipher.aes_128_ecb openssl.symm.Cipher.aes_192_ecb openssl.symm.Cipher.aes_256_ecb openssl.symm.Cipher.seed_ecb openssl.symm.Cipher.rc2_cbc',
        'openssl.symm.Cipher.idea_cbc openssl.symm.Cipher.cast5_cbc openssl.cipher.Cipher.des_cbc openssl.cipher.Cipher.des_ecb openssl.cipher.Cipher.rc4 openssl.cipher.Cipher.aes_128_ecb openssl.cipher.Cipher.aes_256_ecb',
        'crypto.aes.ecb_encryptor crypto.aes.ecb_decryptor crypto.rc4.Rc4.new libaes.Cipher.new_128_ecb soft_aes.aes.aes_enc_ecb soft_aes.aes.aes_dec_ecb',
        'mbedtls.cipher.Cipher.new_des rust_crypto.des.Des.new',
      ),
      check: (call, context) => {
        context.report(call.node, { message: `\`${call.method}\` no longer keeps a secret.` });
      },
    },
  ],
};
