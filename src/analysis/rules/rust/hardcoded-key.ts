import { sinkRule } from '../sink-rule.ts';
import { isFixedSecret } from './constants.ts';
import { calls, rust } from './languages.ts';
import { statementOf } from './statements.ts';

export const hardcodedKeyRule = sinkRule({
  id: 'PW-RS-HARDCODED-KEY',
  title: 'A key is written into the source',
  category: 'secrets',
  cwe: 321,
  severity: 'error',
  confidence: 'high',
  languages: rust,
  docs: {
    risk: 'Everyone who can read the plugin can decrypt with the key and sign as the plugin.',
    remedy: 'Read the key from the configuration or from the system’s store of secrets when it runs.',
    bad: `fn key() -> jsonwebtoken::EncodingKey {
    jsonwebtoken::EncodingKey::from_secret(b"a-long-and-secret-key")
}`,
    good: `fn key(secret: &[u8]) -> jsonwebtoken::EncodingKey {
    jsonwebtoken::EncodingKey::from_secret(secret)
}`,
  },
  does: 'The key stands in the source',
  sinks: [
    {
      call: calls(
        'jsonwebtoken.EncodingKey.from_secret jsonwebtoken.DecodingKey.from_secret jsonwebtoken.EncodingKey.from_base64_secret jsonwebtoken.DecodingKey.from_base64_secret jsonwebtoken.EncodingKey.from_rsa_pem',
        'jwt_simple.algorithms.HS256Key.from_bytes jwt_simple.prelude.HS256Key.from_bytes hmac.Hmac.new_from_slice hmac.Hmac.new_varkey hmac.Hmac.new_var',
        'aes_gcm.Key.from_slice aes_gcm.Aes256Gcm.new_from_slice aes_gcm.Aes128Gcm.new_from_slice aes_gcm.Key.from chacha20poly1305.Key.from_slice chacha20poly1305.ChaCha20Poly1305.new_from_slice',
        'chacha20poly1305.XChaCha20Poly1305.new_from_slice chacha20.Key.from_slice aes.Aes128.new_from_slice aes.Aes256.new_from_slice aes.Aes128.new_varkey aes.Aes256.new_varkey aes_siv.Key.from_slice aes_gcm_siv.Key.from_slice',
        'aes_gcm.Aes256Gcm.new_varkey aes.cipher.Key.from_slice cookie.Key.from cookie.Key.derive_from axum_extra.extract.cookie.Key.from axum_extra.extract.cookie.Key.derive_from tower_cookies.Key.from actix_web.cookie.Key.from actix_web.cookie.Key.derive_from',
        'actix_session.CookieSession.signed actix_session.CookieSession.private actix_identity.CookieIdentityPolicy.new ed25519_dalek.SigningKey.from_bytes ed25519_dalek.SecretKey.from_bytes k256.SecretKey.from_slice secp256k1.SecretKey.from_slice',
        'openssl.pkey.PKey.hmac fernet.Fernet.new magic_crypt.MagicCrypt256.new simple_crypt.encrypt branca.Branca.new sodiumoxide.crypto.secretbox.Key.from_slice blake2.Blake2bMac.new_from_slice blake3.Hasher.new_keyed tide.sessions.SessionMiddleware.new rocket.config.SecretKey.from rocket.config.SecretKey.derive_from',
        'rsa.RsaPrivateKey.from_pkcs8_pem rsa.RsaPrivateKey.from_pkcs1_pem openssl.rsa.Rsa.private_key_from_pem openssl.pkey.PKey.private_key_from_pem',
      ),
      from: 'always',
      when: (_event, value, { values }) => isFixedSecret(value, values),
    },
    {
      call: calls(
        'ring.hmac.Key.new ring.aead.UnboundKey.new openssl.symm.encrypt openssl.symm.decrypt openssl.symm.encrypt_aead openssl.symm.Crypter.new aws_lc_rs.hmac.Key.new hmac_sha256.HMAC.mac openssl.symm.decrypt_aead std.macro.new_magic_crypt!',
      ),
      argument: 1,
      from: 'always',
      when: (_event, value, { values }) => isFixedSecret(value, values),
    },
    {
      call: calls(
        'generic_array.GenericArray.from_slice aes.cipher.generic_array.GenericArray.from_slice aes_gcm.aead.generic_array.GenericArray.from_slice generic_array.GenericArray.from aes.cipher.generic_array.GenericArray.from',
      ),
      from: 'always',
      when: (event, value, context) =>
        isFixedSecret(value, context.values) && !/nonce|iv\b/i.test(statementOf(event.node, context)),
    },
    {
      call: calls(
        'aes.Aes128.new aes.Aes256.new aes_gcm.Aes256Gcm.new aes_gcm.Aes128Gcm.new chacha20poly1305.ChaCha20Poly1305.new chacha20poly1305.XChaCha20Poly1305.new aes_gcm_siv.Aes256GcmSiv.new cbc.Encryptor.new cbc.Decryptor.new ctr.Ctr128BE.new cbc.Encryptor.new_from_slices cbc.Decryptor.new_from_slices cbc.Encryptor.new_from_slice chacha20.ChaCha20.new',
      ),
      from: 'always',
      when: (_event, value, { values }) => isFixedSecret(value, values),
    },
    {
      call: calls('**.basic_auth **.with_password'),
      argument: 1,
      from: 'always',
      when: (_event, value, { values }) => isFixedSecret(value, values),
      does: 'The password stands in the source',
      severity: 'warning',
    },
  ],
});
