import { createScope, type Scope, type Statement, type SwitchStatement, type Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { assign } from './assignments.ts';
import { childrenOf, codeIn, type GoContext, MAX_DEPTH, opaque, textOf } from './context.ts';
import { grouped, lowerTest } from './control.ts';
import { lowerType } from './types.ts';

type Case = SwitchStatement['cases'][number];

/** `switch`; one without a subject is a chain of `if`. */
export function lowerSwitch(context: GoContext, node: SyntaxNode, outer: Scope): Statement[] {
  const scope = createScope(outer);
  const initializer = node.child('initializer');
  const before = initializer === undefined ? [] : context.statement(initializer, scope);
  const subject = node.child('value');
  const branches = codeIn(node).filter(({ type }) => type === 'expression_case' || type === 'default_case');
  if (subject === undefined && !branches.some(branch => leavesByJump(branch, 0))) {
    const chain = lowerChain(context, branches, scope);
    return chain.length === 1 && chain[0] !== undefined ? grouped(before, chain[0]) : [...before, ...chain];
  }
  const cases = branches.map((branch): Case => {
    const tests = codeIn(branch.child('value')).map(value => context.value(value, scope));
    return { tests, body: bodyOf(context, branch, scope) };
  });
  const value = subject && context.value(subject, scope);
  return grouped(before, { kind: 'switch', subject: value, cases });
}

/** `switch v := x.(type)`: in each branch `v` has that branch's type. */
export function lowerTypeSwitch(context: GoContext, node: SyntaxNode, outer: Scope): Statement[] {
  const scope = createScope(outer);
  const initializer = node.child('initializer');
  const before = initializer === undefined ? [] : context.statement(initializer, scope);
  const subject = context.value(node.child('value'), scope);
  const name = codeIn(node.child('alias'))[0];
  const cases = codeIn(node)
    .filter(({ type }) => type === 'type_case' || type === 'default_case')
    .map((branch): Case => {
      const inside = createScope(scope);
      const types = childrenOf(branch, 'type');
      const named = types.map(type => lowerType(context, type, scope));
      const tests = types.map((type, index) => named[index] ?? opaque(type));
      if (name === undefined) return { tests, body: bodyOf(context, branch, inside) };
      const binding = inside.declare(textOf(context, name), name);
      const first = assign(name, { kind: 'binding', node: name, binding }, subject);
      const type = types.length === 1 ? named[0] : undefined;
      const typed = first.kind === 'assign' && type !== undefined ? { ...first, type } : first;
      return { tests, body: [typed, ...bodyOf(context, branch, inside)] };
    });
  return grouped(before, { kind: 'switch', subject: undefined, cases });
}

/** `select`: any of its branches, each after what it waits for. */
export function lowerSelect(context: GoContext, node: SyntaxNode, outer: Scope): Statement[] {
  const cases = codeIn(node).map((branch): Case => {
    const scope = createScope(outer);
    const communication = branch.child('communication');
    const waits = communication === undefined ? [] : lowerCommunication(context, communication, scope);
    const tests = communication === undefined ? [] : [opaque(communication)];
    return { tests, body: [...waits, ...bodyOf(context, branch, scope)] };
  });
  return [{ kind: 'switch', subject: undefined, cases }];
}

function lowerCommunication(context: GoContext, node: SyntaxNode, scope: Scope): Statement[] {
  if (node.type !== 'receive_statement') return context.statement(node, scope);
  const value = context.value(node.child('right'), scope);
  const left = node.child('left');
  const [place] = codeIn(left);
  if (left === undefined || place === undefined) return [{ kind: 'expression', value }];
  const declares = context.text.slice(left.end, node.child('right')?.start ?? left.end).includes(':=');
  if (!declares) return [assign(node, context.target(place, scope), value)];
  for (const name of codeIn(left)) scope.declare(textOf(context, name), name);
  return [assign(node, context.target(place, scope), value)];
}

function bodyOf(context: GoContext, branch: SyntaxNode, scope: Scope): Statement[] {
  return codeIn(branch).flatMap(child =>
    child.type === 'statement_list' ? context.block(child, scope) : [],
  );
}

function lowerChain(context: GoContext, branches: readonly SyntaxNode[], scope: Scope): Statement[] {
  const fallback = branches.find(({ type }) => type === 'default_case');
  let otherwise = fallback === undefined ? [] : bodyOf(context, fallback, scope);
  for (const branch of branches.filter(({ type }) => type === 'expression_case').toReversed()) {
    const then = bodyOf(context, branch, scope);
    otherwise = [{ kind: 'if', test: anyOf(context, branch, scope), then, otherwise }];
  }
  return otherwise;
}

function anyOf(context: GoContext, branch: SyntaxNode, scope: Scope): Value {
  const [first, ...rest] = codeIn(branch.child('value')).map(test => lowerTest(context, test, scope));
  if (first === undefined) return opaque(branch);
  return rest.reduce<Value>(
    (left, right) => ({ kind: 'binary', node: branch, operator: '||', left, right }),
    first,
  );
}

/** Whether a branch can be left early, or enters the next: then it is no `if`. */
function leavesByJump(node: SyntaxNode, depth: number): boolean {
  if (node.type === 'break_statement' || node.type === 'fallthrough_statement') return true;
  if (node.type === 'func_literal') return false;
  if (depth > MAX_DEPTH) return true;
  return node.children.some(child => leavesByJump(child, depth + 1));
}
