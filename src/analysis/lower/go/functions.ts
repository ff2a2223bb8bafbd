import {
  type ClassIr,
  createScope,
  type FunctionIr,
  type ParameterIr,
  type Scope,
  type Statement,
  type Target,
} from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { childrenOf, codeIn, type GoContext, reference, textOf } from './context.ts';
import { lowerType } from './types.ts';

/** A function, method or function literal; its closures are lowered with it. */
export function lowerFunction(
  context: GoContext,
  node: SyntaxNode,
  outer: Scope,
  name: string | undefined,
  owner?: ClassIr,
): FunctionIr {
  const scope = createScope(outer);
  declareTypeParameters(context, node, scope);
  declareReceiver(context, node, scope);
  const params = codeIn(node.child('parameters')).flatMap(child => lowerParameter(context, child, scope));
  const before = context.results;
  const zeroes = declareResults(context, node, scope);
  const place = context.functions.length;
  const result = resultType(node);
  const returns = result && lowerType(context, result, scope);
  const lowered: FunctionIr = {
    node,
    name,
    params,
    body: [...zeroes, ...context.block(node.child('body'), scope)],
    decorators: [],
    ...(returns === undefined ? {} : { returns }),
    isPublic: name !== undefined && /^\p{Lu}/u.test(name),
    isAsync: false,
    ...(owner === undefined ? {} : { owner }),
  };
  context.results = before;
  // Closures come after the function they stand in, as in the text.
  context.functions.splice(place, 0, lowered);
  return lowered;
}

/** The name of the type a method belongs to. */
export function receiverType(context: GoContext, method: SyntaxNode): string | undefined {
  let type = method.child('receiver')?.inner?.child('type');
  while (type?.type === 'pointer_type' || type?.type === 'parenthesized_type') type = type.inner;
  if (type?.type === 'generic_type') type = type.child('type');
  return type === undefined ? undefined : textOf(context, type);
}

function declareTypeParameters(context: GoContext, node: SyntaxNode, scope: Scope): void {
  for (const declaration of codeIn(node.child('type_parameters'))) {
    for (const name of childrenOf(declaration, 'name')) scope.declare(textOf(context, name), name);
  }
  const receiver = node.child('receiver')?.inner?.child('type');
  const generic = receiver?.type === 'pointer_type' ? receiver.inner : receiver;
  for (const argument of codeIn(generic?.child('type_arguments'))) {
    scope.declare(textOf(context, argument), argument);
  }
}

function declareReceiver(context: GoContext, node: SyntaxNode, scope: Scope): void {
  const name = node.child('receiver')?.inner?.child('name');
  if (name === undefined) return;
  const binding = scope.declare(textOf(context, name), name);
  context.facts.set(binding, { isReceiver: true });
}

function lowerParameter(context: GoContext, node: SyntaxNode, scope: Scope): ParameterIr[] {
  const typeNode = node.child('type');
  const type = lowerType(context, typeNode, scope);
  const names = childrenOf(node, 'name');
  // `func(int, string)` names none of its parameters; each is one all the same.
  return (names.length === 0 ? [node] : names).map(at => {
    const name = names.length === 0 ? '_' : textOf(context, at);
    const binding = scope.declare(name, at);
    if (typeNode?.type === 'channel_type') context.facts.set(binding, { isChannel: true });
    else if (typeNode?.type === 'pointer_type' || typeNode?.type === 'slice_type') {
      context.facts.set(binding, { isPointer: true });
    }
    const target: Target = { kind: 'binding', node: at, binding };
    return {
      name,
      node: at,
      target,
      ...(node.type === 'variadic_parameter_declaration' ? { rest: 'list' as const } : {}),
      ...(type === undefined || node.type === 'variadic_parameter_declaration' ? {} : { type }),
    };
  });
}

/** The first of several results is what the result's path stands for. */
function resultType(node: SyntaxNode): SyntaxNode | undefined {
  const result = node.child('result');
  return result?.type === 'parameter_list' ? result.inner?.child('type') : result;
}

function declareResults(context: GoContext, node: SyntaxNode, scope: Scope): Statement[] {
  const result = node.child('result');
  context.results = [];
  if (result?.type !== 'parameter_list') return [];
  const statements: Statement[] = [];
  const bindings: ReturnType<Scope['declare']>[] = [];
  for (const declaration of codeIn(result)) {
    const type = lowerType(context, declaration.child('type'), scope);
    for (const name of childrenOf(declaration, 'name')) {
      const binding = scope.declare(textOf(context, name), name);
      bindings.push(binding);
      const target: Target = { kind: 'binding', node: name, binding };
      statements.push({ kind: 'assign', node: name, target, value: undefined, operator: '=', type });
    }
  }
  context.results = bindings;
  return statements;
}

/** What a bare `return` gives. */
export function namedResults(
  context: GoContext,
  node: SyntaxNode,
  scope: Scope,
): readonly ReturnType<typeof reference>[] {
  return context.results.map(({ name }) => reference(node, name, scope));
}
