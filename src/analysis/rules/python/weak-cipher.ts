import type { Abstract, Values } from '../../flow/index.ts';
import type { Rule } from '../rule.ts';
import { misusedCalls, python } from './misuse.ts';

const BROKEN = [
  ...['DES', 'ARC2', 'ARC4', 'Blowfish', 'CAST', 'XOR', 'DES3'].map(name => `Crypto.Cipher.${name}.new`),
  ...['ARC4', 'Blowfish', 'IDEA', 'CAST5', 'SEED', 'TripleDES', 'RC2'].flatMap(name => [
    `cryptography.hazmat.primitives.ciphers.algorithms.${name}`,
    `cryptography.hazmat.decrepit.ciphers.algorithms.${name}`,
  ]),
  'pyDes.des',
  'pyDes.triple_des',
];
const ECB = 'ECB shows which parts of a text are the same.';
const FIXED = 'The nonce is the same in every run, which gives the encrypted texts away.';

function isFixedText(value: Abstract, values: Values): boolean {
  return (
    values.isFixed(value) && values.constantsOf(value).some(one => typeof one === 'string' && one !== '')
  );
}

export const weakCipherRule: Rule = {
  id: 'PW-PY-CIPHER',
  title: 'A broken cipher or mode is used',
  category: 'weak-crypto',
  cwe: 327,
  severity: 'error',
  confidence: 'high',
  languages: python,
  docs: {
    risk: 'DES, RC2, RC4 and Blowfish can be broken; ECB shows which parts of the text are the same; a nonce that never changes gives the texts away.',
    remedy: 'Use AES in GCM mode with a fresh random nonce for each message, or `cryptography.fernet`.',
    bad: 'from Crypto.Cipher import DES\n\ndef seal(key, data):\n    return DES.new(key, DES.MODE_CBC).encrypt(data)',
    good: 'from Crypto.Cipher import AES\n\ndef seal(key, data):\n    return AES.new(key, AES.MODE_GCM).encrypt_and_digest(data)',
  },
  watches: [
    misusedCalls(
      BROKEN,
      call => `This cipher is broken (\`${call.paths[0]?.split('.').slice(-2).join('.')}\`).`,
    ),
    misusedCalls('cryptography.hazmat.primitives.ciphers.modes.ECB', () => ECB),
    misusedCalls('Crypto.Cipher.AES.new Crypto.Cipher.DES3.new', (call, { values }) => {
      const mode = call.argument(1, 'mode');
      if (mode && values.pathsOf(mode.value).some(path => path.endsWith('MODE_ECB'))) return ECB;
      const iv =
        call.argument(2, 'iv') ?? call.argument(undefined, 'IV') ?? call.argument(undefined, 'nonce');
      return iv && isFixedText(iv.value, values) ? FIXED : undefined;
    }),
    misusedCalls(
      'cryptography.hazmat.primitives.ciphers.modes.CBC cryptography.hazmat.primitives.ciphers.modes.CTR cryptography.hazmat.primitives.ciphers.modes.GCM cryptography.hazmat.primitives.ciphers.modes.CFB cryptography.hazmat.primitives.ciphers.modes.OFB',
      (call, { values }) => {
        const [iv] = call.args;
        return iv && isFixedText(iv.value, values) ? FIXED : undefined;
      },
    ),
  ],
};
