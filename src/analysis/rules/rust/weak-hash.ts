import type { Rule } from '../rule.ts';
import { calls, rust } from './languages.ts';

const NAME = /md[-_]?[245]|sha[-_]?[01](?![0-9])|ripemd[-_]?1[0-9]{2}/i;

function nameOf(paths: readonly string[]): string {
  const found = NAME.exec(paths[0] ?? '')?.[0] ?? 'This hash';
  return found.toUpperCase().replace('_', '');
}

export const weakHashRule: Rule = {
  id: 'PW-RS-WEAK-HASH',
  title: 'A broken hash function is used',
  category: 'weak-crypto',
  cwe: 328,
  severity: 'warning',
  confidence: 'high',
  languages: rust,
  docs: {
    risk: 'Different contents with the same MD5 or SHA-1 can be made on purpose: what is checked or signed by such a hash can be swapped.',
    remedy: 'Use SHA-256 or BLAKE3; for passwords Argon2.',
    bad: `fn fingerprint(data: &[u8]) -> md5::Digest {
    md5::compute(data)
}`,
    good: `fn fingerprint(data: &[u8]) -> blake3::Hash {
    blake3::hash(data)
}`,
  },
  watches: [
    {
      on: 'call',
      of: calls(
        'md5.compute md5.Context.new md5.Md5.new md5.Md5.digest md5.Md5.default md5.Md5.new_with_prefix md_5.Md5.new md_5.Md5.digest md4.Md4.new md4.Md4.digest md2.Md2.new md2.Md2.digest',
        'sha1.Sha1.new sha1.Sha1.digest sha1.Sha1.default sha1.Sha1.from sha1.Sha1.new_with_prefix sha_1.Sha1.new sha_1.Sha1.digest sha1_smol.Sha1.new sha1_smol.Sha1.from ripemd.Ripemd128.new ripemd.Ripemd160.new',
        'openssl.hash.MessageDigest.md5 openssl.hash.MessageDigest.sha1 openssl.hash.MessageDigest.md4 openssl.hash.MessageDigest.ripemd160 openssl.md.Md.md5 openssl.md.Md.sha1',
        'openssl.sha.sha1 openssl.sha.Sha1.new crypto.md5.Md5.new crypto.sha1.Sha1.new crypto_hash.Hasher.new chksum_md5.chksum chksum.MD5.new',
        'sha0.Sha0.new rs_md5.Md5Hasher.default extendhash.md5.compute_hash boring.hash.MessageDigest.md5 boring.hash.MessageDigest.sha1',
      ),
      check: (call, context) => {
        context.report(call.node, { message: `${nameOf(call.paths)} can be forged.` });
      },
    },
    {
      on: 'read',
      of: calls(
        'ring.digest.SHA1_FOR_LEGACY_USE_ONLY ring.hmac.HMAC_SHA1_FOR_LEGACY_USE_ONLY crypto_hash.Algorithm.MD5 crypto_hash.Algorithm.SHA1',
      ),
      check: (read, context) => {
        context.report(read.node, { message: `${nameOf(read.paths)} can be forged.` });
      },
    },
  ],
};
