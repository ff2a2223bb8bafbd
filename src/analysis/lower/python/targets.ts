import type { Target } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { Context } from './context.ts';

/** Where an assignment, a loop, `with … as` or `except … as` writes; `undefined` for what is no place. */
export function lowerTarget(node: SyntaxNode | undefined, context: Context): Target | undefined {
  switch (node?.type) {
    case 'identifier': {
      const name = context.textOf(node);
      const binding = context.scope.lookup(name) ?? context.home.declare(name, node);
      return { kind: 'binding', node, binding };
    }
    case 'attribute': {
      const key = node.child('attribute');
      if (key === undefined) return undefined;
      return {
        kind: 'member',
        node,
        object: context.value(node.child('object'), node),
        key: context.textOf(key),
      };
    }
    case 'subscript': {
      const [key, more] = node.children.filter(child => child.field === 'subscript');
      const isPlain = key !== undefined && more === undefined && key.type !== 'slice';
      return {
        kind: 'index',
        node,
        object: context.value(node.child('value'), node),
        key: isPlain ? context.value(key, node) : undefined,
      };
    }
    case 'as_pattern_target':
    case 'parenthesized_expression':
    case 'list_splat_pattern':
    case 'list_splat':
      return lowerTarget(node.inner, context);
    case 'pattern_list':
    case 'tuple_pattern':
    case 'list_pattern':
    case 'expression_list':
    case 'tuple':
    case 'list':
      return lowerList(node, context);
    default:
      return undefined;
  }
}

function lowerList(node: SyntaxNode, context: Context): Target {
  const entries: Extract<Target, { kind: 'pattern' }>['entries'][number][] = [];
  node.children.forEach((child, position) => {
    const target = lowerTarget(child, context);
    if (target === undefined) return;
    const isRest = child.type === 'list_splat_pattern' || child.type === 'list_splat';
    entries.push(isRest ? { key: 'rest', isRest, target } : { key: position, target });
  });
  return { kind: 'pattern', node, entries };
}
