import type { Statement } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { Context } from './context.ts';
import { hoistBlock } from './hoisting.ts';

/** The statements of a body, braces or not, in a scope of its own. */
export function lowerBlock(node: SyntaxNode | undefined, cx: Context): Statement[] {
  if (node === undefined) return [];
  return cx.inside(() => lowerNodes(node.type === 'statement_block' ? node.children : [node], cx));
}

/** Statements in the present scope. */
export function lowerNodes(nodes: readonly SyntaxNode[], cx: Context): Statement[] {
  const into: Statement[] = [];
  hoistBlock(nodes, cx);
  cx.parts.statements(nodes, cx, into);
  return into;
}
