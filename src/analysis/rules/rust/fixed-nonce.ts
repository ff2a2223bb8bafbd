import { sinkRule } from '../sink-rule.ts';
import { isFixedSecret } from './constants.ts';
import { calls, rust } from './languages.ts';
import { statementOf } from './statements.ts';

export const fixedNonceRule = sinkRule({
  id: 'PW-RS-FIXED-NONCE',
  title: 'A nonce or salt is always the same',
  category: 'weak-crypto',
  cwe: 329,
  severity: 'error',
  confidence: 'high',
  languages: rust,
  docs: {
    risk: 'Two messages under one key and nonce give away both; equal passwords with the same salt have equal hashes.',
    remedy:
      'Make a new one for every message or password: `Aes256Gcm::generate_nonce(&mut OsRng)`, `SaltString::generate`.',
    bad: `fn seal(cipher: &aes_gcm::Aes256Gcm, data: &[u8]) {
    let nonce = aes_gcm::Nonce::from_slice(b"unique nonce");
}`,
    good: `fn seal(cipher: &aes_gcm::Aes256Gcm, data: &[u8]) {
    let nonce = aes_gcm::Aes256Gcm::generate_nonce(&mut aes_gcm::aead::OsRng);
}`,
  },
  does: 'This is the same for every message',
  sinks: [
    {
      call: calls(
        'aes_gcm.Nonce.from_slice aes_gcm.Nonce.from chacha20poly1305.Nonce.from_slice chacha20poly1305.Nonce.from chacha20poly1305.XNonce.from_slice chacha20poly1305.XNonce.from aes_gcm_siv.Nonce.from_slice aes_siv.Nonce.from_slice',
        'ring.aead.Nonce.assume_unique_for_key ring.aead.Nonce.try_assume_unique_for_key chacha20.Nonce.from_slice sodiumoxide.crypto.secretbox.Nonce.from_slice crypto_box.Nonce.from aes.cipher.Iv.from_slice salsa20.Nonce.from_slice',
        'argon2.password_hash.SaltString.from_b64 argon2.password_hash.SaltString.encode_b64 password_hash.SaltString.from_b64 password_hash.SaltString.new argon2.password_hash.SaltString.new aes_gcm.aead.Nonce.from_slice aes_gcm.aead.Nonce.from',
      ),
      from: 'always',
      when: (_event, value, { values }) => isFixedSecret(value, values),
    },
    {
      call: calls(
        'pbkdf2.pbkdf2 pbkdf2.pbkdf2_hmac pbkdf2.pbkdf2_hmac_array openssl.pkcs5.pbkdf2_hmac scrypt.scrypt argon2.hash_raw argon2.hash_encoded argon2.Argon2.hash_password_into bcrypt.hash_with_salt cbc.Encryptor.new ctr.Ctr128BE.new cbc.Encryptor.new_from_slices argon2.Argon2.hash_password',
      ),
      argument: 1,
      from: 'always',
      when: (_event, value, { values }) => isFixedSecret(value, values),
    },
    {
      call: calls(
        'aes_gcm.Aes256Gcm.encrypt aes_gcm.Aes128Gcm.encrypt aes_gcm.Aes256Gcm.encrypt_in_place aes_gcm.Aes128Gcm.encrypt_in_place',
        'chacha20poly1305.ChaCha20Poly1305.encrypt chacha20poly1305.XChaCha20Poly1305.encrypt aes_gcm_siv.Aes256GcmSiv.encrypt',
        'chacha20poly1305.ChaCha20Poly1305.encrypt_in_place crypto_secretbox.XSalsa20Poly1305.encrypt',
      ),
      from: 'always',
      when: (_event, value, { values }) => isFixedSecret(value, values),
    },
    {
      call: calls('ring.pbkdf2.derive openssl.symm.encrypt openssl.symm.encrypt_aead'),
      argument: 2,
      from: 'always',
      when: (_event, value, { values }) => isFixedSecret(value, values),
    },
    {
      call: calls(
        'generic_array.GenericArray.from_slice aes.cipher.generic_array.GenericArray.from_slice aes_gcm.aead.generic_array.GenericArray.from_slice',
      ),
      from: 'always',
      when: (event, value, context) =>
        isFixedSecret(value, context.values) && /nonce|iv\b/i.test(statementOf(event.node, context)),
    },
  ],
});
