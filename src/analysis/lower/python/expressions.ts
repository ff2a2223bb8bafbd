import type { Value } from '../../ir/index.ts';
import { decodeNumber } from '../../syntax/literal.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { lowerCall } from './calls.ts';
import { conditional } from './conditional.ts';
import type { Context } from './context.ts';
import { lowerLambda } from './functions.ts';
import { lowerComprehension } from './loops.ts';
import { lowerOperator } from './operators.ts';
import { lowerConcatenated, lowerString } from './strings.ts';
import { lowerTarget } from './targets.ts';

/** An expression. */
export function lowerExpression(node: SyntaxNode, context: Context): Value {
  switch (node.type) {
    case 'identifier':
      return context.reference(node, context.textOf(node));
    case 'string':
      return lowerString(node, context);
    case 'concatenated_string':
      return lowerConcatenated(node, context);
    case 'integer':
    case 'float':
      return { kind: 'constant', node, value: numberOf(context.textOf(node)) };
    case 'true':
    case 'false':
      return { kind: 'constant', node, value: node.type === 'true' };
    case 'none':
    case 'ellipsis':
      return { kind: 'constant', node, value: undefined };
    case 'attribute': {
      const key = node.child('attribute');
      const object = context.value(node.child('object'), node);
      return { kind: 'member', node, object, key: key === undefined ? '' : context.textOf(key) };
    }
    case 'subscript':
      return lowerSubscript(node, context);
    case 'call':
      return lowerCall(node, context);
    case 'binary_operator':
    case 'boolean_operator':
    case 'comparison_operator':
    case 'not_operator':
    case 'unary_operator':
      return lowerOperator(node, context);
    case 'parenthesized_expression':
    case 'await':
    case 'type':
      return context.value(node.inner, node);
    case 'tuple':
    case 'list':
    case 'set':
    case 'expression_list':
      return lowerList(node, context);
    case 'dictionary':
      return lowerDictionary(node, context);
    case 'list_comprehension':
    case 'set_comprehension':
    case 'dictionary_comprehension':
    case 'generator_expression':
      return lowerComprehension(node, context);
    case 'conditional_expression': {
      const [then, test, otherwise] = node.children.filter(child => child.type !== 'comment');
      const options = [context.value(then, node), context.value(otherwise, node)];
      return { kind: 'choice', node, test: context.value(test, node), options };
    }
    case 'lambda':
      return lowerLambda(node, context);
    case 'named_expression': {
      const target = lowerTarget(node.child('name'), context);
      const value = context.value(node.child('value'), node);
      return target === undefined ? value : { kind: 'assign', node, target, value, operator: '=' };
    }
    case 'assignment':
    case 'augmented_assignment': {
      const target = lowerTarget(node.child('left'), context);
      const value = context.value(node.child('right'), node);
      if (target === undefined) return value;
      const operator = node.child('operator');
      return { kind: 'assign', node, target, value, operator: operator ? context.textOf(operator) : '=' };
    }
    case 'yield':
      return lowerYield(node, context);
    case 'comment':
      return context.opaque(node);
    default:
      return context.opaque(
        node,
        node.children.map(child => context.value(child, node)),
      );
  }
}

function lowerSubscript(node: SyntaxNode, context: Context): Value {
  const keys = node.children.filter(child => child.field === 'subscript');
  const object = context.value(node.child('value'), node);
  const [only, more] = keys;
  let key: Value | undefined;
  if (more !== undefined) {
    key = { kind: 'list', node, items: keys.map(child => ({ value: context.value(child, node) })) };
  } else if (only !== undefined && only.type !== 'slice') key = context.value(only, node);
  return { kind: 'index', node, object, key };
}

function lowerList(node: SyntaxNode, context: Context): Value {
  const items = node.children
    .filter(child => child.type !== 'comment')
    .map(child =>
      child.type === 'list_splat'
        ? { value: context.value(child.inner, child), spread: true }
        : { value: context.value(child, node) },
    );
  return { kind: 'list', node, items };
}

function lowerDictionary(node: SyntaxNode, context: Context): Value {
  const entries: { key: string | Value | undefined; value: Value }[] = [];
  for (const child of node.children) {
    if (child.type === 'pair') {
      const key = context.value(child.child('key'), child);
      const value = context.value(child.child('value'), child);
      const isText = key.kind === 'constant' && typeof key.value === 'string';
      entries.push({ key: isText ? String(key.value) : key, value });
    } else if (child.type === 'dictionary_splat') {
      entries.push({ key: undefined, value: context.value(child.inner, child) });
    }
  }
  return { kind: 'record', node, entries };
}

/** What is handed out in between is one of the elements that a caller gets. */
function lowerYield(node: SyntaxNode, context: Context): Value {
  const inner = node.inner;
  if (inner === undefined) return context.opaque(node);
  const value = context.value(inner, node);
  const isFrom = /^yield\s+from\b/.test(context.text.slice(node.start, node.start + 20));
  const handedOut: Value = isFrom ? value : { kind: 'list', node, items: [{ value }] };
  return {
    kind: 'block',
    node,
    body: [conditional(context.opaque(node), [{ kind: 'return', node, value: handedOut }])],
    value: context.opaque(node),
  };
}

function numberOf(text: string): number | bigint | undefined {
  const plain = text.replace(/[lLjJ]$/, '').replace(/^0(?=\d+$)/, '0o');
  return decodeNumber(plain) ?? 0;
}
