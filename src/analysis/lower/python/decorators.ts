import type { Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { Context } from './context.ts';

/** The decorators of a `decorated_definition`; none for other nodes. */
export function lowerDecorators(node: SyntaxNode, context: Context): readonly Value[] {
  if (node.type !== 'decorated_definition') return [];
  return node.children
    .filter(child => child.type === 'decorator')
    .map(child => context.value(child.inner, child));
}
