import type { SyntaxNode } from '../../syntax/node.ts';
import type { Rule } from '../rule.ts';
import { go } from './languages.ts';

const MAC =
  /(?:hmac|\bmac\b|expectedmac|api_?key|auth_?token|access_?token|csrf_?token|secret(?:key)?|passw(?:or)?d(?:hash)?)$|^(?:expected|computed|given|got|want)?_?(?:signature|sig)$/i;
const PLAIN = /^(?:nil|""|``|true|false|\d+)$/;

/** Secrets that are compared byte by byte until one differs. */
export const timingRule: Rule = {
  id: 'PW-GO-TIMING',
  title: 'A secret is compared in a time that gives it away',
  category: 'weak-crypto',
  cwe: 208,
  severity: 'warning',
  confidence: 'medium',
  languages: go,
  docs: {
    risk: 'The comparison ends at the first byte that differs: by measuring, others find the secret byte by byte.',
    remedy: 'Compare with `hmac.Equal` or `subtle.ConstantTimeCompare`.',
    bad: 'import "net/http"\n\nfunc allowed(r *http.Request, apiKey string) bool {\n\treturn r.Header.Get("X-Key") == apiKey\n}',
    good: 'import (\n\t"crypto/subtle"\n\t"net/http"\n)\n\nfunc allowed(r *http.Request, apiKey string) bool {\n\treturn subtle.ConstantTimeCompare([]byte(r.Header.Get("X-Key")), []byte(apiKey)) == 1\n}',
  },
  watches: [
    {
      on: 'node',
      of: ['binary_expression'],
      check: (node, context) => {
        const operator = node.child('operator');
        const left = node.child('left');
        const right = node.child('right');
        if (
          left === undefined ||
          right === undefined ||
          !/^[=!]=$/.test(operator ? context.textOf(operator) : '')
        )
          return;
        const sides = [nameOf(left, context.textOf), nameOf(right, context.textOf)];
        if (sides.some(side => side === undefined || PLAIN.test(side))) return;
        const secrets = sides.filter(side => side !== undefined && MAC.test(side));
        // Two names of one form, as in "repeat the password".
        if (
          secrets.length === 0 ||
          /confirm|repeat|again|old|len|count|type|kind|name|id$/i.test(sides.join(' '))
        )
          return;
        context.report(node, { message: 'This comparison takes as long as the secret agrees.' });
      },
    },
    {
      on: 'call',
      of: ['bytes.Equal', 'bytes.Compare', 'reflect.DeepEqual', 'strings.Compare', 'strings.EqualFold'],
      check: (call, context) => {
        const isMac = call.args.some(
          ({ node, value }) =>
            context.values.pathsOf(value).some(path => /hmac\.New\(\)\.Sum\(\)$/.test(path)) ||
            /^(?:\w*(?:hmac|signature|expectedmac)|mac)$/i.test(context.textOf(node)),
        );
        if (isMac)
          context.report(call.node, { message: 'This comparison takes as long as the signatures agree.' });
      },
    },
  ],
};

/** The last name of what is compared; `undefined` for what is neither a name nor a call. */
function nameOf(node: SyntaxNode, textOf: (node: SyntaxNode) => string): string | undefined {
  switch (node.type) {
    case 'identifier':
      return textOf(node);
    case 'selector_expression': {
      const field = node.child('field');
      return field && textOf(field);
    }
    case 'call_expression': {
      const callee = node.child('function');
      return callee === undefined || /^len$|[uU]int\d*$|Type$|Kind$/.test(textOf(callee)) ? undefined : '()';
    }
    case 'index_expression':
      return '[]';
    default:
      return undefined;
  }
}
