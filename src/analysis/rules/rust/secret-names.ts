import type { SyntaxNode } from '../../syntax/node.ts';
import type { RuleContext } from '../rule.ts';

const SECRET =
  /(?:^|_)(?:tokens?|passwords?|passwd|passphrase|secrets?|session(?:_?id)?|api_?key|keys?|nonce|salt|otp|pin|csrf|iv|cookie|auth|credentials?|challenge|verifier|captcha|coupon|signature)(?:_|$)/;

/** Whether a name says that it holds something nobody should guess. */
export function isSecretName(name: string): boolean {
  const snake = name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
  return (
    SECRET.test(snake) &&
    !/(?:^|_)(?:len|length|size|count|hash_?map|index|type|kind|file|path|name|keyboard)(?:_|$)/.test(snake)
  );
}

/** The variable, field or function around a node whose name says that a secret is made there. */
export function secretAround(node: SyntaxNode, context: RuleContext): string | undefined {
  for (let at: SyntaxNode | undefined = node; at !== undefined; at = at.parent) {
    const named =
      at.type === 'let_declaration'
        ? at.child('pattern')
        : at.type === 'assignment_expression'
          ? at.child('left')
          : at.type === 'field_initializer'
            ? at.child('field')
            : at.type === 'function_item' || at.type === 'const_item' || at.type === 'static_item'
              ? at.child('name')
              : undefined;
    if (named !== undefined) {
      const name =
        context
          .textOf(named)
          .replace(/^mut\s+/, '')
          .split('.')
          .at(-1) ?? '';
      if (isSecretName(name)) return name;
    }
    if (at.type === 'function_item') return undefined;
  }
  return undefined;
}
