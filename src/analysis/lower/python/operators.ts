import type { Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { type Context, MAX_NESTING } from './context.ts';
import { lowerPercent } from './formats.ts';
import { isText, textOf } from './strings.ts';

/** Operators with one operand or two. */
export function lowerOperator(node: SyntaxNode, context: Context): Value {
  switch (node.type) {
    case 'not_operator':
      return { kind: 'unary', node, operator: '!', operand: context.value(node.child('argument'), node) };
    case 'unary_operator':
      return lowerUnary(node, context);
    case 'boolean_operator':
      return lowerBoolean(node, context);
    case 'comparison_operator':
      return lowerComparison(node, context);
    default:
      return lowerBinary(node, context);
  }
}

function lowerUnary(node: SyntaxNode, context: Context): Value {
  const operator = context.textOf(node.child('operator') ?? node).charAt(0);
  const operand = context.value(node.child('argument'), node);
  if (operator === '+') return operand;
  if (operator === '-' && operand.kind === 'constant' && typeof operand.value === 'number') {
    return { kind: 'constant', node, value: -operand.value };
  }
  return { kind: 'unary', node, operator, operand };
}

/** `a or b or c` lies nested to the left; a long one is taken apart without recursion. */
function chainOf(node: SyntaxNode, context: Context): { nodes: SyntaxNode[]; operator: string } {
  const operator = operatorOf(node, context);
  const nodes: SyntaxNode[] = [];
  let current: SyntaxNode | undefined = node;
  while (current?.type === node.type && operatorOf(current, context) === operator) {
    const right: SyntaxNode | undefined = current.child('right');
    if (right) nodes.push(right);
    current = current.child('left');
  }
  if (current) nodes.push(current);
  return { nodes: nodes.reverse(), operator };
}

function operatorOf(node: SyntaxNode, context: Context): string {
  const operator = node.child('operator');
  return operator === undefined ? '' : context.textOf(operator);
}

function lowerBoolean(node: SyntaxNode, context: Context): Value {
  const { nodes, operator } = chainOf(node, context);
  const values = nodes.slice(0, MAX_NESTING).map(child => context.value(child, node));
  return values.reduce((left, right) => ({ kind: 'binary', node, operator, left, right }));
}

function lowerComparison(node: SyntaxNode, context: Context): Value {
  const operands = node.children.filter(child => child.field !== 'operators' && child.type !== 'comment');
  const operators = node.children.filter(child => child.field === 'operators').map(child => child.type);
  const values = operands.slice(0, MAX_NESTING).map(child => context.value(child, node));
  const tests: Value[] = [];
  for (let i = 0; i + 1 < values.length; i++) {
    const left = values[i];
    const right = values[i + 1];
    if (left && right) tests.push({ kind: 'binary', node, operator: operators[i] ?? '==', left, right });
  }
  if (tests.length === 0) return context.opaque(node, values);
  return tests.reduce((left, right) => ({ kind: 'binary', node, operator: 'and', left, right }));
}

function lowerBinary(node: SyntaxNode, context: Context): Value {
  const { nodes, operator } = chainOf(node, context);
  if (operator === '%' && nodes.length === 2) return lowerModulo(node, nodes, context);
  const values = nodes.map(child => context.value(child, node));
  if (operator === '+' && values.some(isText)) return textOf(node, values);
  if (operator === '*' && values.length === 2) {
    const repeated = values.find(value => isText(value) || value.kind === 'list');
    const times = values.find(value => value !== repeated);
    // Repeating adds nothing that was not in it.
    if (repeated && times) {
      return { kind: 'block', node, body: [{ kind: 'expression', value: times }], value: repeated };
    }
  }
  if (values.length > MAX_NESTING) return context.opaque(node, values);
  return values.reduce((left, right) => ({ kind: 'binary', node, operator, left, right }));
}

function lowerModulo(node: SyntaxNode, nodes: readonly SyntaxNode[], context: Context): Value {
  const left = context.value(nodes[0], node);
  const right = context.value(nodes[1], node);
  if (left.kind === 'constant' && typeof left.value === 'string')
    return lowerPercent(node, left.value, right);
  if (left.kind === 'text') return textOf(node, [left, right]);
  return { kind: 'binary', node, operator: '%', left, right };
}
