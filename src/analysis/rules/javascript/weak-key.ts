import type { CallEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

export const weakKeyRule: Rule = {
  id: 'PW-JS-WEAK-KEY',
  title: 'A key is too short, or a password hashed too quickly',
  category: 'weak-crypto',
  cwe: 326,
  severity: 'warning',
  confidence: 'high',
  languages: javascriptLanguages,
  docs: {
    risk: 'Keys of this length have been broken, and hashes made this quickly are tried by the billion.',
    remedy:
      'RSA with 3072 bits, curves from 256 bits, PBKDF2 with 600,000 rounds of SHA-256, bcrypt with cost 12.',
    bad: "require('crypto').generateKeyPairSync('rsa', { modulusLength: 1024 });",
    good: "require('crypto').generateKeyPairSync('rsa', { modulusLength: 3072 });",
  },
  watches: [
    {
      on: 'call',
      of: [
        'crypto.generateKeyPair',
        'crypto.generateKeyPairSync',
        'node-forge.pki.rsa.generateKeyPair',
        'global.crypto.subtle.generateKey',
        'node-rsa',
        'jsencrypt',
      ],
      check: (call, context) => {
        const given =
          call.option('modulusLength') ?? call.option('bits') ?? call.option('b') ?? call.args[0]?.value;
        below(call, given, 2048, 'bits', context);
      },
    },
    {
      on: 'call',
      of: ['crypto.createDiffieHellman'],
      check: (call, context) => below(call, call.args[0]?.value, 2048, 'bits', context),
    },
    {
      on: 'call',
      of: ['crypto.pbkdf2', 'crypto.pbkdf2Sync'],
      check: (call, context) => below(call, call.args[2]?.value, 10_000, 'rounds', context),
    },
    {
      on: 'call',
      of: ['bcrypt.hash', 'bcrypt.hashSync', 'bcryptjs.hash', 'bcryptjs.hashSync'],
      check: (call, context) => below(call, call.args[1]?.value, 8, 'as its cost', context),
    },
    {
      on: 'call',
      of: ['bcrypt.genSalt', 'bcrypt.genSaltSync', 'bcryptjs.genSalt', 'bcryptjs.genSaltSync'],
      check: (call, context) => below(call, call.args[0]?.value, 8, 'as its cost', context),
    },
  ],
};

function below(
  call: CallEvent,
  value: CallEvent['args'][number]['value'] | undefined,
  least: number,
  what: string,
  context: RuleContext,
): void {
  const given = value && context.values.constantsOf(value)[0];
  if (typeof given !== 'number' || given >= least || given <= 0) return;
  context.report(call.node, {
    message: `\`${call.method}\` with ${given} ${what} is too weak; ${least} is the least.`,
  });
}
