import type { Rule } from '../rule.ts';
import { python } from './misuse.ts';

export const timingRule: Rule = {
  id: 'PW-PY-TIMING',
  title: 'A secret is compared in a way that tells how much of it is right',
  category: 'weak-crypto',
  cwe: 208,
  severity: 'warning',
  confidence: 'medium',
  languages: python,
  docs: {
    risk: 'The comparison ends at the first wrong character: by its time a signature can be guessed one character at a time.',
    remedy: 'Compare with `hmac.compare_digest`.',
    bad: 'import hmac\n\ndef check(key, data, signature):\n    return hmac.new(key, data, "sha256").hexdigest() == signature',
    good: 'import hmac\n\ndef check(key, data, signature):\n    return hmac.compare_digest(hmac.new(key, data, "sha256").hexdigest(), signature)',
  },
  watches: [
    {
      on: 'node',
      of: ['comparison_operator'],
      check: (node, context) => {
        const operator = node.children.find(child => child.field === 'operators')?.type;
        if (operator !== '==' && operator !== '!=') return;
        const sides = node.children.filter(child => child.field !== 'operators');
        const texts = sides.map(context.textOf);
        if (texts.some(text => /^(?:None|True|False|\d+|['"].*['"]|len\(.*)$/s.test(text))) return;
        const isMac = texts.some(text => /\bhmac\.new\(.*digest\(\)$/s.test(text));
        const isNamed = texts.some(text =>
          /(?:^|[._])(?:signature|hmac|mac|computed_sig|expected_sig|expected_signature|signature_header|csrf_token|api_key|auth_token|digest)$/i.test(
            text,
          ),
        );
        const isOwn = texts.some(text =>
          /^(?:expected|computed|calculated|actual|valid|correct|real|stored|our)_?\w*$|hexdigest\(\)$/i.test(
            text,
          ),
        );
        if (isMac || (isNamed && isOwn))
          context.report(node, {
            message: 'How long this comparison takes tells how much of the secret is right.',
          });
      },
    },
  ],
};
