import { sinkRule } from '../sink-rule.ts';
import { below } from './constants.ts';
import { calls, rust } from './languages.ts';

export const keySizeRule = sinkRule({
  id: 'PW-RS-KEY-SIZE',
  title: 'A key is too short, or a password hashed too fast',
  category: 'weak-crypto',
  cwe: 326,
  severity: 'warning',
  confidence: 'high',
  languages: rust,
  docs: {
    risk: 'Keys of 1024 bits can be broken by those who have the means; passwords that are hashed quickly are guessed quickly.',
    remedy:
      'RSA of 3072 bits or an elliptic curve; bcrypt with a cost of 12, PBKDF2 with 600 000 rounds, or Argon2 with its defaults.',
    bad: `fn key() {
    let key = openssl::rsa::Rsa::generate(1024);
}`,
    good: `fn key() {
    let key = openssl::rsa::Rsa::generate(3072);
}`,
  },
  does: 'This can be broken with enough machines',
  sinks: [
    {
      call: calls('openssl.rsa.Rsa.generate openssl.dsa.Dsa.generate openssl.dh.Dh.generate_params'),
      from: 'always',
      when: below(2048),
    },
    {
      call: calls('rsa.RsaPrivateKey.new rsa.RSAPrivateKey.new rsa.RsaPrivateKey.new_with_exp'),
      argument: 1,
      from: 'always',
      when: below(2048),
    },
    { call: calls('bcrypt.hash bcrypt.hash_with_result'), argument: 1, from: 'always', when: below(10) },
    {
      call: calls('pbkdf2.pbkdf2 pbkdf2.pbkdf2_hmac openssl.pkcs5.pbkdf2_hmac'),
      argument: 2,
      from: 'always',
      when: below(10_000),
    },
  ],
});
