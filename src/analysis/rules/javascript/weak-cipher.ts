import type { CallEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

const WEAK = /^(?:des|des3|3des|des-ede|rc2|rc4|bf|blowfish|cast|idea|seed|desx|arc4)(?:$|[-\d])|ecb/i;
const BY_NAME = [
  'crypto.createCipheriv',
  'crypto.createDecipheriv',
  'node-forge.cipher.createCipher',
  'node-forge.cipher.createDecipher',
  'browserify-cipher.createCipheriv',
  'create-cipheriv',
];
const OLD = ['crypto.createCipher', 'crypto.createDecipher', 'crypto.createCredentials'];
const ITSELF = ['DES', 'TripleDES', 'RC4', 'RC4Drop', 'Rabbit', 'RabbitLegacy', 'Blowfish'].flatMap(name =>
  ['crypto-js', 'global.CryptoJS'].flatMap(module => [
    `${module}.${name}.encrypt`,
    `${module}.${name}.decrypt`,
  ]),
);

export const weakCipherRule: Rule = {
  id: 'PW-JS-WEAK-CIPHER',
  title: 'A broken cipher or mode is used',
  category: 'weak-crypto',
  cwe: 327,
  severity: 'error',
  confidence: 'high',
  languages: javascriptLanguages,
  docs: {
    risk: 'DES and RC4 are broken in hours, and ECB shows which blocks are equal; `createCipher` makes a weak key and no IV at all.',
    remedy: 'Use `createCipheriv` with `aes-256-gcm` and a new random IV for each message.',
    bad: "require('crypto').createCipheriv('des-ede3-cbc', key, iv);",
    good: "require('crypto').createCipheriv('aes-256-gcm', key, require('crypto').randomBytes(12));",
  },
  watches: [
    {
      on: 'call',
      of: BY_NAME,
      check: (call, context) => {
        const name =
          call.args[0] && context.values.constantsOf(call.args[0].value).find(one => WEAK.test(String(one)));
        if (name !== undefined) context.report(call.node, { message: `\`${String(name)}\` can be broken.` });
      },
    },
    {
      on: 'call',
      of: OLD,
      check: (call, context) => {
        context.report(call.node, {
          message: `\`${call.method}\` makes a weak key of the password and uses no IV.`,
        });
      },
    },
    {
      on: 'call',
      of: ITSELF,
      check: (call, context) => {
        const name = call.paths[0]?.split('.').at(-2) ?? 'It';
        context.report(call.node, { message: `\`${name}\` can be broken.` });
      },
    },
    {
      on: 'call',
      of: [
        'crypto-js.AES.encrypt',
        'crypto-js.AES.decrypt',
        'global.CryptoJS.AES.encrypt',
        'global.CryptoJS.AES.decrypt',
      ],
      check: checkMode,
    },
  ],
};

function checkMode(call: CallEvent, context: RuleContext): void {
  const mode = call.option('mode');
  if (mode !== undefined && context.values.pathsOf(mode).some(path => path.endsWith('.ECB'))) {
    context.report(call.node, { message: 'ECB shows which blocks of the text are equal.' });
  }
}
