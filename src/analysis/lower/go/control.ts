import {
  createScope,
  type LoopStatement,
  type Scope,
  type Statement,
  type Target,
  type Value,
} from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { codeIn, type GoContext, MAX_DEPTH, textOf } from './context.ts';

/** `if` with what stands before its test; `else if` is an `if` in the other branch. */
export function lowerIf(context: GoContext, node: SyntaxNode, outer: Scope): Statement[] {
  if (context.depth >= MAX_DEPTH) return [];
  context.depth++;
  const scope = createScope(outer);
  const initializer = node.child('initializer');
  const before = initializer === undefined ? [] : context.statement(initializer, scope);
  const test = lowerTest(context, node.child('condition'), scope);
  const then = context.block(node.child('consequence'), scope);
  const alternative = node.child('alternative');
  const otherwise =
    alternative?.type === 'if_statement'
      ? lowerIf(context, alternative, scope)
      : context.block(alternative, scope);
  context.depth--;
  return grouped(before, { kind: 'if', test, then, otherwise });
}

/** A condition; an `ok` in it is what it was the second result of, so that the test says of what it is one. */
export function lowerTest(context: GoContext, node: SyntaxNode | undefined, scope: Scope): Value {
  switch (node?.type) {
    case 'identifier': {
      const binding = scope.lookup(textOf(context, node));
      const test = binding && context.facts.get(binding)?.test;
      return test ?? context.value(node, scope);
    }
    case 'parenthesized_expression':
      return lowerTest(context, node.inner, scope);
    case 'unary_expression': {
      const sign = node.child('operator');
      if (sign === undefined || textOf(context, sign) !== '!') return context.value(node, scope);
      return {
        kind: 'unary',
        node,
        operator: '!',
        operand: lowerTest(context, node.child('operand'), scope),
      };
    }
    case 'binary_expression': {
      const sign = node.child('operator');
      const operator = sign === undefined ? '' : textOf(context, sign);
      const check = checkBehind(context, node, operator, scope);
      if (check !== undefined) return check;
      if ((operator !== '&&' && operator !== '||') || context.depth >= MAX_DEPTH) {
        return context.value(node, scope);
      }
      context.depth++;
      const left = lowerTest(context, node.child('left'), scope);
      const right = lowerTest(context, node.child('right'), scope);
      context.depth--;
      return { kind: 'binary', node, operator, left, right };
    }
    default:
      return context.value(node, scope);
  }
}

/** Functions that give an error when a value may not be used. */
const CHECKS = /^(?:is_?valid|validate|check|verify|ensure|assert)(?:_|[A-Z]|$)/i;

/** `err != nil` where `err` is the answer of such a function: the test is that it refuses. */
function checkBehind(
  context: GoContext,
  node: SyntaxNode,
  operator: string,
  scope: Scope,
): Value | undefined {
  const left = node.child('left');
  if ((operator !== '!=' && operator !== '==') || left?.type !== 'identifier') return undefined;
  if (node.child('right')?.type !== 'nil') return undefined;
  const binding = scope.lookup(textOf(context, left));
  const test = binding && context.facts.get(binding)?.test;
  if (test?.kind !== 'call') return undefined;
  const { callee } = test;
  const name = callee.kind === 'member' ? callee.key : callee.kind === 'reference' ? callee.name : '';
  if (!CHECKS.test(name)) return undefined;
  return operator === '==' ? test : { kind: 'unary', node, operator: '!', operand: test };
}

/** Every kind of `for`. */
export function lowerFor(context: GoContext, node: SyntaxNode, outer: Scope): Statement[] {
  const scope = createScope(outer);
  const [head] = codeIn(node).filter(({ field }) => field !== 'body');
  const body = node.child('body');
  if (head?.type === 'range_clause') return [lowerRange(context, head, body, scope)];
  if (head?.type !== 'for_clause') {
    const test = head && lowerTest(context, head, scope);
    return [{ kind: 'loop', each: undefined, test, body: context.block(body, scope) }];
  }
  const initializer = head.child('initializer');
  const before = initializer === undefined ? [] : context.statement(initializer, scope);
  const condition = head.child('condition');
  const test = condition && lowerTest(context, condition, scope);
  const update = head.child('update');
  const rounds = context.block(body, scope);
  const after = update === undefined ? [] : context.statement(update, scope);
  return grouped(before, { kind: 'loop', each: undefined, test, body: [...rounds, ...after] });
}

function lowerRange(
  context: GoContext,
  clause: SyntaxNode,
  body: SyntaxNode | undefined,
  scope: Scope,
): LoopStatement {
  const right = clause.child('right');
  const of = context.value(right, scope);
  const left = clause.child('left');
  const declares =
    left !== undefined && context.text.slice(left.end, right?.start ?? left.end).includes(':=');
  const [key, value] = codeIn(left).map(place => rangeTarget(context, place, declares, scope));
  const each = eachOf(context, clause, key, value, of, scope);
  return { kind: 'loop', each, test: undefined, body: context.block(body, scope) };
}

function rangeTarget(
  context: GoContext,
  place: SyntaxNode,
  declares: boolean,
  scope: Scope,
): Target | undefined {
  if (!declares || place.type !== 'identifier') return context.target(place, scope);
  const name = textOf(context, place);
  return name === '_' ? undefined : { kind: 'binding', node: place, binding: scope.declare(name, place) };
}

function eachOf(
  context: GoContext,
  clause: SyntaxNode,
  key: Target | undefined,
  value: Target | undefined,
  of: Value,
  scope: Scope,
): LoopStatement['each'] {
  if (key !== undefined && value !== undefined) {
    const entries = [
      { key: 0, target: key },
      { key: 1, target: value },
    ];
    return { target: { kind: 'pattern', node: clause, entries }, of, what: 'entries' };
  }
  if (value !== undefined) return { target: value, of, what: 'values' };
  const right = clause.child('right');
  const binding = right?.type === 'identifier' ? scope.lookup(textOf(context, right)) : undefined;
  const isChannel = binding !== undefined && context.facts.get(binding)?.isChannel === true;
  // A loop without variables still evaluates what it goes over.
  const target: Target = key ?? { kind: 'pattern', node: clause, entries: [] };
  return { target, of, what: isChannel ? 'values' : 'keys' };
}

/** A statement and what has to be done before it, as one. */
export function grouped(before: readonly Statement[], statement: Statement): Statement[] {
  return before.length === 0 ? [statement] : [{ kind: 'block', body: [...before, statement] }];
}
