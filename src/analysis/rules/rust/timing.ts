import type { SyntaxNode } from '../../syntax/node.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { rust } from './languages.ts';

const SECRET =
  /^(?:\w*_)?(?:hmac|signature|api_?key|secret|passwords?|password_hash|csrf_token|auth_token|session_token|access_token|api_token|mac_bytes|computed_mac|expected_token|provided_token)$/i;

/** The last name of a variable, field or call; `undefined` for literals, constants and everything else. */
function nameOf(node: SyntaxNode, context: RuleContext): string | undefined {
  switch (node.type) {
    case 'identifier': {
      const text = context.textOf(node);
      return /^[A-Z]\w*[a-z]/.test(text) ? undefined : text;
    }
    case 'field_expression': {
      const field = node.child('field');
      return field && context.textOf(field);
    }
    case 'reference_expression':
    case 'unary_expression':
    case 'parenthesized_expression':
    case 'index_expression':
    case 'try_expression': {
      const inner = node.child('value') ?? node.children.find(({ type }) => type !== 'mutable_specifier');
      return inner && nameOf(inner, context);
    }
    case 'call_expression': {
      const callee = node.child('function');
      if (callee?.type !== 'field_expression') return callee === undefined ? undefined : '';
      const method = callee.child('field');
      const name = method === undefined ? '' : context.textOf(method);
      if (/^(?:len|count|kind|is_\w+|ok|err)$/.test(name)) return undefined;
      const object = callee.child('value');
      return /^(?:as_|to_|clone|finalize|into_|unwrap|expect)/.test(name) && object
        ? nameOf(object, context)
        : '';
    }
    default:
      return undefined;
  }
}

export const timingRule: Rule = {
  id: 'PW-RS-TIMING',
  title: 'A secret is compared byte by byte',
  category: 'weak-crypto',
  cwe: 208,
  severity: 'warning',
  confidence: 'medium',
  languages: rust,
  docs: {
    risk: 'The comparison ends at the first byte that differs: by its time others find the secret out one byte after the other.',
    remedy:
      'Compare with `subtle::ConstantTimeEq`, `ring::constant_time::verify_slices_are_equal`, or `Mac::verify_slice`.',
    bad: `fn check(signature: &[u8], expected: &[u8]) -> bool {
    signature == expected
}`,
    good: `fn check(signature: &[u8], expected: &[u8]) -> bool {
    signature.ct_eq(expected).into()
}`,
  },
  watches: [
    {
      on: 'node',
      of: ['binary_expression'],
      check: (node, context) => {
        const operator = node.child('operator')?.type;
        if (operator !== '==' && operator !== '!=') return;
        const sides = [node.child('left'), node.child('right')].map(side => side && nameOf(side, context));
        if (sides.some(side => side === undefined)) return;
        const found = sides.find(side => side !== undefined && SECRET.test(side));
        if (found === undefined) return;
        context.report(node, { message: `The time this takes tells how much of \`${found}\` is right.` });
      },
    },
  ],
};
