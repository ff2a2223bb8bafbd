import type { Scope, Statement, Target, Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { makesBuilder } from './builders.ts';
import { codeIn, type GoContext, opaque, textOf, type VariableFacts } from './context.ts';
import { constant } from './literals.ts';
import { lowerType } from './types.ts';

/** `a, b := x, y`: names that the block has already are written to, the others declared. */
export function lowerShortVariable(context: GoContext, node: SyntaxNode, scope: Scope): Statement[] {
  return lowerPairs(context, node, scope, name => {
    const text = textOf(context, name);
    if (name.type !== 'identifier') return context.target(name, scope);
    return text === '_'
      ? undefined
      : { kind: 'binding', node: name, binding: scope.own(text) ?? scope.declare(text, name) };
  });
}

/** `a, b = x, y` and `a += x`. */
export function lowerAssignment(context: GoContext, node: SyntaxNode, scope: Scope): Statement[] {
  return lowerPairs(context, node, scope, place => context.target(place, scope));
}

/** `channel <- value` writes an element of the channel. */
export function lowerSend(context: GoContext, node: SyntaxNode, scope: Scope): Statement[] {
  const object = context.value(node.child('channel'), scope);
  const value = context.value(node.child('value'), scope);
  return [
    { kind: 'assign', node, target: { kind: 'index', node, object, key: undefined }, value, operator: '=' },
  ];
}

/** What is written to a target, or what is only evaluated when there is none. */
export function assign(
  node: SyntaxNode,
  target: Target | undefined,
  value: Value,
  operator = '=',
): Statement {
  return target === undefined
    ? { kind: 'expression', value }
    : { kind: 'assign', node, target, value, operator };
}

/** Notes what the way a variable gets its value says about it. */
export function noteFacts(
  context: GoContext,
  target: Target | undefined,
  from: SyntaxNode,
  scope: Scope,
): void {
  if (target?.kind !== 'binding') return;
  const facts = factsOf(context, from, scope);
  if (facts === undefined) context.facts.delete(target.binding);
  else context.facts.set(target.binding, facts);
}

function factsOf(context: GoContext, from: SyntaxNode, scope: Scope): VariableFacts | undefined {
  if (makesBuilder(context, from, scope)) return { isBuilder: true };
  if (from.type === 'unary_expression') {
    const sign = from.child('operator');
    return sign !== undefined && textOf(context, sign) === '&' ? { isPointer: true } : undefined;
  }
  if (from.type === 'slice_expression') return { isPointer: true };
  if (from.type === 'composite_literal') {
    return from.child('type')?.type === 'slice_type' ? { isPointer: true } : undefined;
  }
  if (from.type !== 'call_expression') return undefined;
  const callee = from.child('function');
  const name = callee?.type === 'identifier' ? textOf(context, callee) : '';
  if (name === 'new') return { isPointer: true };
  if (name !== 'make') return undefined;
  return from.child('arguments')?.inner?.type === 'channel_type' ? { isChannel: true } : { isPointer: true };
}

function lowerPairs(
  context: GoContext,
  node: SyntaxNode,
  scope: Scope,
  targetOf: (place: SyntaxNode) => Target | undefined,
): Statement[] {
  const places = codeIn(node.child('left'));
  const values = codeIn(node.child('right'));
  const [place, second] = places;
  const [from] = values;
  if (place === undefined || from === undefined) return [];
  if (places.length === 2 && second !== undefined && values.length === 1) {
    const checked = lowerChecked(context, node, from, scope, () => [targetOf(place), targetOf(second)]);
    if (checked !== undefined) return checked;
  }
  const lowered = values.map(value => context.value(value, scope));
  const [value = opaque(node)] = lowered;
  const targets = places.map(targetOf);
  if (places.length === 1) {
    const sign = node.child('operator');
    const operator = sign === undefined ? '=' : textOf(context, sign);
    return lowerOne(context, node, targets[0], from, value, operator, scope);
  }
  if (values.length === places.length) {
    for (const [index, target] of targets.entries()) {
      const at = values[index];
      if (at !== undefined) noteFacts(context, target, at, scope);
    }
  }
  const [target] = targets;
  if (values.length === 1 && node.type === 'short_var_declaration' && target?.kind === 'binding') {
    // The first of several results may be what a condition asks for: `matched, err := regexp.MatchString(…)`.
    context.facts.set(target.binding, isTest(value) ? { test: value } : {});
  }
  // With one value for several places, that is a call with as many results.
  const all: Value =
    values.length === 1 ? value : { kind: 'list', node, items: lowered.map(item => ({ value: item })) };
  const entries = targets.flatMap((target, key) => (target === undefined ? [] : [{ key, target }]));
  if (entries.length === 0) return [{ kind: 'expression', value: all }];
  return [{ kind: 'assign', node, target: { kind: 'pattern', node, entries }, value: all, operator: '=' }];
}

function lowerOne(
  context: GoContext,
  node: SyntaxNode,
  target: Target | undefined,
  from: SyntaxNode,
  value: Value,
  operator: string,
  scope: Scope,
): Statement[] {
  if (operator === '=') {
    noteFacts(context, target, from, scope);
    if (node.type === 'short_var_declaration' && target?.kind === 'binding' && isTest(value)) {
      context.facts.set(target.binding, { ...context.facts.get(target.binding), test: value });
    }
  }
  const isBuilder = target?.kind === 'binding' && context.facts.get(target.binding)?.isBuilder === true;
  const first = isBuilder ? constant(from, '') : value;
  const statement = assign(node, target, first, operator);
  if (from.type !== 'type_assertion_expression' || statement.kind !== 'assign') return [statement];
  return [{ ...statement, type: lowerType(context, from.child('type'), scope) }];
}

/** Whether a variable with this value may stand for it in a condition. */
function isTest(value: Value): boolean {
  return value.kind === 'binary' || (value.kind === 'call' && !value.isNew);
}

/** `v, ok :=` of an element, a type assertion or a receive: two results that are no call's. */
function lowerChecked(
  context: GoContext,
  node: SyntaxNode,
  from: SyntaxNode,
  scope: Scope,
  targetsOf: () => (Target | undefined)[],
): Statement[] | undefined {
  const value = checkable(context, from) ? context.value(from, scope) : undefined;
  if (value === undefined) return undefined;
  let test: Value = opaque(from);
  let type: Value | undefined;
  if (value.kind === 'index' && value.key !== undefined) {
    test = { kind: 'binary', node: from, operator: 'in', left: value.key, right: value.object };
  } else if (from.type === 'type_assertion_expression') {
    type = lowerType(context, from.child('type'), scope);
    const right = type ?? opaque(from);
    test = { kind: 'binary', node: from, operator: 'instanceof', left: value, right };
  }
  const [target, ok] = targetsOf();
  if (target?.kind === 'binding') context.facts.delete(target.binding);
  const first = assign(node, target, value);
  const statements = [first.kind === 'assign' && type !== undefined ? { ...first, type } : first];
  if (ok === undefined) return statements;
  if (ok.kind === 'binding') context.facts.set(ok.binding, { test });
  return [...statements, assign(node, ok, test)];
}

function checkable(context: GoContext, node: SyntaxNode): boolean {
  if (node.type === 'index_expression' || node.type === 'type_assertion_expression') return true;
  const sign = node.type === 'unary_expression' ? node.child('operator') : undefined;
  return sign !== undefined && textOf(context, sign) === '<-';
}
