import {
  createScope,
  type LoopStatement,
  type Scope,
  type Statement,
  type Target,
  type Value,
} from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { conditional } from './conditional.ts';
import type { Context } from './context.ts';
import { targetNames } from './declarations.ts';
import { lowerTarget } from './targets.ts';

type Each = NonNullable<LoopStatement['each']>;

/** What each round of `for left in right` gets; `outside` is where `right` is looked up. */
export function lowerEach(node: SyntaxNode, context: Context, outside = context.scope): Each {
  const right = node.child('right');
  const of = context.within({ scope: outside }, () => context.value(right, node));
  const left = node.child('left');
  const target: Target = lowerTarget(left, context) ?? { kind: 'pattern', node: left ?? node, entries: [] };
  if (of.kind !== 'call') return { target, of, what: 'values' };
  const { callee, args } = of;
  if (callee.kind === 'member' && args.length === 0) {
    if (callee.key === 'items' || callee.key === 'iteritems')
      return { target, of: callee.object, what: 'entries' };
    if (callee.key === 'keys') return { target, of: callee.object, what: 'keys' };
    if (callee.key === 'values' || callee.key === 'itervalues') {
      return { target, of: callee.object, what: 'values' };
    }
  }
  const [first] = args;
  if (first && first.spread === undefined && context.originOf(callee) === 'builtins.enumerate') {
    return { target, of: first.value, what: 'entries' };
  }
  return { target, of, what: 'values' };
}

/** `[body for … in … if …]` and its like: a container that a loop fills. */
export function lowerComprehension(node: SyntaxNode, context: Context): Value {
  const body = node.child('body');
  const isRecord = node.type === 'dictionary_comprehension';
  const binding = context.temporary(node, isRecord ? '(record)' : '(list)');
  const empty: Value = isRecord ? { kind: 'record', node, entries: [] } : { kind: 'list', node, items: [] };
  const clauses = node.children.filter(child => child.type === 'for_in_clause' || child.type === 'if_clause');
  const scope = createScope(context.scope);
  const names: SyntaxNode[] = [];
  for (const clause of clauses) {
    if (clause.type === 'for_in_clause') targetNames(clause.child('left'), names);
  }
  const statements = context.within({ scope, around: scope }, (): Statement[] => {
    for (const name of names) scope.declare(context.textOf(name), name);
    return fill(0, clauses, context, () => {
      const object: Value = { kind: 'reference', node, name: binding.name, binding };
      const key = context.value(isRecord ? body?.child('key') : undefined, node);
      const value = context.value(isRecord ? body?.child('value') : body, node);
      return [
        {
          kind: 'assign',
          node: body ?? node,
          target: { kind: 'index', node: body ?? node, object, key },
          value,
          operator: '=',
        },
      ];
    });
  });
  return {
    kind: 'block',
    node,
    body: [
      { kind: 'assign', node, target: { kind: 'binding', node, binding }, value: empty, operator: '=' },
      ...statements,
    ],
    value: { kind: 'reference', node, name: binding.name, binding },
  };
}

function fill(
  index: number,
  clauses: readonly SyntaxNode[],
  context: Context,
  innermost: () => Statement[],
): Statement[] {
  const clause = clauses[index];
  if (clause === undefined || index > 20) return innermost();
  if (clause.type === 'if_clause') {
    const test = context.value(clause.inner, clause);
    return [conditional(test, fill(index + 1, clauses, context, innermost))];
  }
  // The first source belongs to the scope outside, where names that are bound anew here still mean what they did.
  const outside: Scope | undefined = index === 0 ? context.scope.parent : undefined;
  const each = lowerEach(clause, context, outside);
  return [{ kind: 'loop', each, test: undefined, body: fill(index + 1, clauses, context, innermost) }];
}
