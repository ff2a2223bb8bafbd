import type { Rule } from '../rule.ts';
import { misusedCalls, python } from './misuse.ts';
import { namesAround } from './names-around.ts';

const CALLS = [
  ...'random randint randrange choice choices sample uniform getrandbits shuffle randbytes betavariate gauss triangular'
    .split(' ')
    .flatMap(name => [`random.${name}`, `random.Random.${name}`]),
  ...'rand randint choice bytes random random_sample'.split(' ').map(name => `numpy.random.${name}`),
];
const SECRET =
  /(?:^|_|\b)(?:tokens?|passw(?:or)?ds?|passwd|pwd|secrets?|(?:api|secret|private|session|encryption|crypto|auth|access|aes|signing|license)_?keys?|otp|pin_?code|session_?id|sid|salt|nonce|iv|csrf|xsrf|verification_?code|reset_?code|activation_?code|auth_?code|security_?code|captcha|credentials?|one_time|key)(?:_|\b|$)/i;

export const randomRule: Rule = {
  id: 'PW-PY-RANDOM',
  title: 'A secret is made of numbers that can be foretold',
  category: 'weak-crypto',
  cwe: 338,
  severity: 'warning',
  confidence: 'medium',
  languages: python,
  docs: {
    risk: 'The module `random` gives numbers that can be computed from earlier ones: tokens and passwords made of them can be guessed.',
    remedy: 'Use the module `secrets`.',
    bad: 'import random\n\ndef make_token():\n    return "".join(random.choice("abcdef0123456789") for _ in range(32))',
    good: 'import secrets\n\ndef make_token():\n    return secrets.token_hex(16)',
  },
  watches: [
    misusedCalls(CALLS, (call, { textOf }) =>
      namesAround(call.node, textOf).some(name => SECRET.test(name))
        ? `\`${call.method}\` gives numbers that can be foretold; this looks like a secret.`
        : undefined,
    ),
    misusedCalls('random.seed', (call, { textOf }) =>
      namesAround(call.node, textOf).some(name => SECRET.test(name))
        ? 'Numbers after a seed can be foretold; this looks like a secret.'
        : undefined,
    ),
  ],
};
