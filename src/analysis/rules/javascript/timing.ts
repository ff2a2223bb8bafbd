import type { SyntaxNode } from '../../syntax/node.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

const SECRET =
  /(?:signature|hmac|digest|_?mac|api_?key|secret|csrf_?token|password_?hash|hashed_?password|access_?token|auth_?token)$/i;

export const timingRule: Rule = {
  id: 'PW-JS-TIMING',
  title: 'How long a comparison takes tells the secret',
  category: 'weak-crypto',
  cwe: 208,
  severity: 'warning',
  confidence: 'low',
  languages: javascriptLanguages,
  docs: {
    risk: '`===` stops at the first letter that differs; measured often enough, the time gives a signature away letter by letter.',
    remedy: 'Compare with `crypto.timingSafeEqual`.',
    bad: "if (signature === require('crypto').createHmac('sha256', key).update(body).digest('hex')) accept();",
    good: "if (require('crypto').timingSafeEqual(signature, expected)) accept();",
  },
  watches: [{ on: 'node', of: ['binary_expression'], check }],
};

function check(node: SyntaxNode, context: RuleContext): void {
  const operator = node.child('operator')?.type;
  if (operator !== '===' && operator !== '!==' && operator !== '==' && operator !== '!=') return;
  const left = node.child('left');
  const right = node.child('right');
  if (!left || !right || node.end - node.start > 200) return;
  if (!isValue(left) || !isValue(right)) return;
  const texts = [context.textOf(left), context.textOf(right)];
  const isSecret = (text: string): boolean =>
    SECRET.test(text) ||
    /\.digest\([^)]*\)$/.test(text) ||
    /^process\.env\.\w*(?:KEY|SECRET|TOKEN|PASSWORD)\w*$/.test(text);
  if (!texts.some(isSecret)) return;
  // Archives and programs have signatures too.
  if (!/crypto|hmac|createHash|webhook|jwt/i.test(context.text)) return;
  // Of types, names and lengths nothing can be learned.
  if (
    texts.some(
      text =>
        !text.startsWith('process.env.') &&
        /\b(?:typeof|length|type|name|kind|id)$|^[A-Z_]+$|\b[A-Z]\w*\.[A-Z]\w*$|\.[A-Z][A-Z_]+$|^this\.props|^prev|^next[A-Z]/.test(
          text,
        ),
    )
  )
    return;
  context.report(node, {
    message: `How long this comparison takes tells how much of \`${texts.find(isSecret)}\` is right.`,
  });
}

function isValue(node: SyntaxNode): boolean {
  return /^(?:identifier|member_expression|call_expression|subscript_expression)$/.test(node.type);
}
