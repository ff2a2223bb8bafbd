import type { SyntaxNode } from '../../syntax/node.ts';
import type { RuleContext } from '../rule.ts';

const STATEMENTS = new Set([
  'let_declaration',
  'expression_statement',
  'field_initializer',
  'const_item',
  'static_item',
]);

/** The text of the statement around a node, cut to what names it. */
export function statementOf(node: SyntaxNode, context: RuleContext): string {
  let at = node;
  while (at.parent !== undefined && !STATEMENTS.has(at.type) && at.type !== 'function_item') at = at.parent;
  return context.text.slice(at.start, Math.min(at.end, at.start + 400));
}
