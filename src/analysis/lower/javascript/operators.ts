import type { Target, Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { Context, Placement } from './context.ts';
import { plainKey } from './keys.ts';
import { isExports } from './survey.ts';

/** Any operator with two operands but `+`. */
export function lowerBinary(node: SyntaxNode, cx: Context): Value {
  const operator = node.child('operator')?.type ?? '';
  const left = cx.value(node.child('left'), node);
  const right = cx.value(node.child('right'), node);
  if (operator === '||' || operator === '??') {
    return { kind: 'choice', node, test: undefined, options: [left, right] };
  }
  // What comes out is the right side, or else something that counts as no.
  if (operator === '&&') {
    return {
      kind: 'choice',
      node,
      test: left,
      options: [right, { kind: 'constant', node, value: false }],
    };
  }
  return { kind: 'binary', node, operator, left, right };
}

export function lowerUnary(node: SyntaxNode, cx: Context): Value {
  const operator = node.child('operator')?.type ?? '';
  const operand = cx.value(node.child('argument'), node);
  const constant = operand.kind === 'constant' ? operand.value : undefined;
  if (typeof constant === 'number') {
    // Minifiers write `!0` for true and `void 0` for undefined.
    if (operator === '!') return { kind: 'constant', node, value: constant === 0 };
    if (operator === '-') return { kind: 'constant', node, value: -constant };
    if (operator === 'void') return { kind: 'constant', node, value: undefined };
  }
  return { kind: 'unary', node, operator, operand };
}

/** `i++` is `i += 1`. */
export function lowerUpdate(node: SyntaxNode, cx: Context): Value {
  const argument = node.child('argument');
  if (argument === undefined) return { kind: 'opaque', node, parts: [] };
  const operator = node.child('operator')?.type === '--' ? '-=' : '+=';
  const value: Value = { kind: 'constant', node, value: 1 };
  return { kind: 'assign', node, target: cx.parts.target(argument, cx), value, operator };
}

/** What an assignment writes where; for the statement and the expression. */
export function assignmentOf(
  node: SyntaxNode,
  cx: Context,
): { target: Target; value: Value; operator: string } | undefined {
  const left = node.child('left');
  const right = node.child('right');
  if (left === undefined || right === undefined) return undefined;
  const value = cx.value(right, node, placementBy(left, cx));
  const target = cx.parts.target(left, cx);
  const operator = node.child('operator')?.type ?? '=';
  if (operator === '||=' || operator === '??=' || operator === '&&=') {
    const before = cx.value(left, node);
    const options = [before, value];
    return { target, value: { kind: 'choice', node, test: undefined, options }, operator: '=' };
  }
  return { target, value, operator };
}

export function lowerAssignment(node: SyntaxNode, cx: Context): Value {
  const assignment = assignmentOf(node, cx);
  return assignment ? { kind: 'assign', node, ...assignment } : { kind: 'opaque', node, parts: [] };
}

/** What a function is called and who can have it, by what it is assigned to. */
function placementBy(left: SyntaxNode, cx: Context): Placement {
  if (left.type === 'member_expression') {
    const key = left.child('property');
    return { name: key && plainKey(key, cx), isPublic: isExports(left, cx.text) };
  }
  if (left.type !== 'identifier') return {};
  const name = cx.textOf(left);
  return { name, isPublic: cx.survey.exported.has(name) && cx.scope.parent === undefined };
}

/** `x.onmessage = f` is also `x.addEventListener('message', f)`. */
export function listeningBy(
  node: SyntaxNode,
  { target, value }: { readonly target: Target; readonly value: Value },
): Value | undefined {
  if (target.kind !== 'member' || target.key !== 'onmessage' || value.kind !== 'function') return undefined;
  const callee: Value = { kind: 'member', node, object: target.object, key: 'addEventListener' };
  const event: Value = { kind: 'constant', node, value: 'message' };
  return { kind: 'call', node, callee, args: [{ value: event }, { value }], isNew: false };
}
