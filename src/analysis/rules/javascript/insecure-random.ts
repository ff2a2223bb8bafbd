import type { Rule } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';
import { namesAround } from './syntax.ts';

const SECRET =
  /token|secret|passw|passcode|pwd|otp\b|nonce|salt|session_?(?:id|key)|csrf|xsrf|api_?key|auth|credential|verif\w*code|reset\w*code|private|encrypt|cipher|_?iv$|signature|voucher|invite\w*code|pin_?code|access_?code|confirmation_?code|^pin$|^key$|secure/i;

export const insecureRandomRule: Rule = {
  id: 'PW-JS-RANDOM',
  title: 'A secret is made with predictable numbers',
  category: 'weak-crypto',
  cwe: 338,
  severity: 'error',
  confidence: 'medium',
  languages: javascriptLanguages,
  docs: {
    risk: 'Whoever sees a few numbers of `Math.random` computes those that follow, and with them the next tokens and passwords.',
    remedy: 'Use `crypto.randomBytes`, `crypto.randomInt` or `crypto.randomUUID`.',
    bad: 'const token = Math.random().toString(36).slice(2);',
    good: "const token = require('crypto').randomBytes(32).toString('hex');",
  },
  watches: [
    {
      on: 'call',
      of: [
        'global.Math.random',
        'lodash.random',
        'lodash.sample',
        'crypto.pseudoRandomBytes',
        'chance.string',
        'random-number',
        'seedrandom',
      ],
      check: (call, context) => {
        const names = namesAround(call.node, context.textOf);
        const name = names.find(
          one =>
            SECRET.test(one) &&
            !/author|tokeni[sz]er|tokens?(?:Count|Per|Index)|placeholder|keyframe/i.test(one),
        );
        if (name === undefined && call.method !== 'pseudoRandomBytes') return;
        context.report(call.node, {
          message: `\`${call.method}\` is predictable, and \`${name ?? 'this'}\` looks like a secret.`,
          severity: name === undefined ? 'warning' : undefined,
        });
      },
    },
  ],
};
