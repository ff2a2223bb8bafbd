import type { CallEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

const WEAK = /^(?:md2|md4|md5|sha|sha0|sha1|ripemd|ripemd128|ripemd160|rmd160|rsamd5|rsasha1)$/;
const NAMED = [
  'crypto.createHash',
  'crypto.hash',
  'crypto.Hash',
  'global.crypto.subtle.digest',
  'crypto.createSign',
  'crypto.createVerify',
  'crypto.sign',
  'crypto.getHashes',
  'crypto.createHmac',
  'create-hash',
  'create-hmac',
  'sha.js',
  'global.Bun.CryptoHasher',
];
const ITSELF = [
  'md5',
  'sha1',
  'js-md5',
  'js-sha1',
  'blueimp-md5',
  'md5-hex',
  'md5-file',
  'md5-file.sync',
  'ts-md5.Md5.hashStr',
  'crypto-js.MD5',
  'crypto-js.SHA1',
  'crypto-js.HmacMD5',
  'crypto-js.RIPEMD160',
  'crypto-js/md5',
  'crypto-js/sha1',
  'crypto-js/hmac-md5',
  'global.CryptoJS.MD5',
  'global.CryptoJS.SHA1',
  'node-forge.md.md5.create',
  'node-forge.md.sha1.create',
  'hash.js.sha1',
  'hash.js.ripemd160',
  'spark-md5.hash',
  'object-hash.MD5',
  'object-hash.sha1',
  '@noble/hashes/sha1.sha1',
  '@noble/hashes/legacy.md5',
  '@noble/hashes/legacy.sha1',
];

export const weakHashRule: Rule = {
  id: 'PW-JS-WEAK-HASH',
  title: 'A broken hash function is used',
  category: 'weak-crypto',
  cwe: 328,
  severity: 'warning',
  confidence: 'high',
  languages: javascriptLanguages,
  docs: {
    risk: 'Different contents with the same MD5 or SHA-1 can be made on purpose: what is checked or signed by such a hash can be swapped.',
    remedy: 'Use SHA-256 or better; for passwords use `scrypt`.',
    bad: "require('crypto').createHash('md5').update(file).digest('hex');",
    good: "require('crypto').createHash('sha256').update(file).digest('hex');",
  },
  watches: [
    {
      on: 'call',
      of: ['crypto.createHash().update'],
      check: (call, context) => {
        const given = call.args[0] && context.textOf(call.args[0].node);
        if (given === undefined || !/(?:^|[._])(?:\w*(?:[pP]assword|[pP]asswd)|pwd|pass)$/.test(given))
          return;
        context.report(call.node, {
          message: `\`${given}\` is hashed so quickly that others can be tried by the billion.`,
        });
      },
    },
    { on: 'call', of: NAMED, check },
    {
      on: 'call',
      of: ITSELF,
      check: (call, context) => context.report(call.node, { message: `\`${call.method}\` can be forged.` }),
    },
  ],
};

function check(call: CallEvent, context: RuleContext): void {
  const argument = call.args[0];
  if (argument === undefined) return;
  const given = context.values.constantsOf(argument.value).filter(one => typeof one === 'string');
  const name = given.find(one => WEAK.test(one.toLowerCase().replaceAll(/[-_]/g, '')));
  if (name === undefined || given.length > 2) return;
  const isMac = call.paths.some(path => /hmac/i.test(path));
  // As a keyed hash SHA-1 still holds.
  if (isMac && !/^md/i.test(name)) return;
  const better = call.paths.some(path => path.includes('subtle')) ? 'SHA-256' : 'sha256';
  const quote = context.textOf(argument.node).charAt(0);
  context.report(call.node, {
    message: `\`${name}\` can be forged.`,
    ...(argument.node.type === 'string'
      ? {
          fix: context.replace(
            argument.node,
            `${quote}${better}${quote}`,
            `Replace \`${name}\` by \`${better}\``,
          ),
        }
      : {}),
  });
}
