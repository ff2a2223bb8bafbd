import {
  type ClassIr,
  createScope,
  type FunctionIr,
  type ParameterIr,
  type Scope,
  type Statement,
  type Value,
} from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { type Context, outermost } from './context.ts';
import { declareNames } from './declarations.ts';
import { routeOf, routeTypes } from './routes.ts';
import { lowerType } from './types.ts';

/** A `def`. In a method the first parameter is the receiver; that of a class method stands for the class. */
export function lowerFunction(
  node: SyntaxNode,
  decorators: readonly Value[],
  context: Context,
  owner?: ClassIr,
): FunctionIr {
  const nameNode = node.child('name');
  const name = nameNode === undefined ? undefined : context.textOf(nameNode);
  const scope = createScope(context.around);
  const place = context.functions.length;
  const kind = owner === undefined ? 'static' : methodKind(name, decorators, context);
  const params = lowerParameters(node.child('parameters'), scope, context);
  const first = kind === 'static' || params[0]?.rest !== undefined ? undefined : params.shift()?.target;
  const ofClass =
    kind === 'class' && owner?.name !== undefined ? context.around.lookup(owner.name) : undefined;
  if (ofClass && first?.kind === 'binding') context.classParameters.set(first.binding, ofClass);
  const routed = routeTypes(decorators, params, context);
  const bodyNode = node.child('body');
  let body: Statement[] = [];
  if (bodyNode) {
    declareNames(bodyNode, scope, outermost(context.around), context.text);
    context.level++;
    body = context.within({ scope, home: scope, around: scope, responds: routeOf(decorators) }, () =>
      context.block(bodyNode),
    );
    context.level--;
  }
  const isPublic =
    name !== undefined &&
    (!name.startsWith('_') || /^__\w+__$/.test(name)) &&
    (owner === undefined ? context.level === 0 : owner.isPublic);
  const lowered: FunctionIr = {
    node,
    name,
    params: routed,
    body,
    decorators,
    returns: lowerType(node.child('return_type'), context),
    isPublic,
    isAsync: context.text.startsWith('async', node.start),
    receiver: first,
    owner,
  };
  context.functions.splice(place, 0, lowered);
  return lowered;
}

/** A `lambda` as a value. */
export function lowerLambda(node: SyntaxNode, context: Context): Value {
  const scope = createScope(context.around);
  const place = context.functions.length;
  const params = lowerParameters(node.child('parameters'), scope, context);
  const bodyNode = node.child('body');
  context.level++;
  const body = context.within({ scope, home: scope, around: scope }, (): Statement[] => [
    { kind: 'return', node: bodyNode ?? node, value: context.value(bodyNode, node) },
  ]);
  context.level--;
  const lowered: FunctionIr = {
    node,
    name: undefined,
    params,
    body,
    decorators: [],
    isPublic: false,
    isAsync: false,
  };
  context.functions.splice(place, 0, lowered);
  return { kind: 'function', node, function: lowered };
}

type MethodKind = 'instance' | 'class' | 'static';

function methodKind(name: string | undefined, decorators: readonly Value[], context: Context): MethodKind {
  const origins = decorators.map(decorator => context.originOf(decorator));
  if (origins.includes('builtins.staticmethod')) return 'static';
  const isOfClass =
    origins.includes('builtins.classmethod') || name === '__new__' || name === '__init_subclass__';
  return isOfClass ? 'class' : 'instance';
}

function lowerParameters(node: SyntaxNode | undefined, scope: Scope, context: Context): ParameterIr[] {
  const params: ParameterIr[] = [];
  for (const child of node?.children ?? []) {
    const nameNode = nameOf(child);
    if (nameNode === undefined) continue;
    const name = context.textOf(nameNode);
    const binding = scope.declare(name, nameNode);
    const fallback = child.child('value');
    const splat = (child.type === 'typed_parameter' ? child.inner : child)?.type;
    params.push({
      name,
      node: child,
      target: { kind: 'binding', node: nameNode, binding },
      fallback: fallback && context.value(fallback, child),
      rest:
        splat === 'list_splat_pattern' ? 'list' : splat === 'dictionary_splat_pattern' ? 'record' : undefined,
      type: lowerType(child.child('type'), context),
    });
  }
  return params;
}

function nameOf(node: SyntaxNode): SyntaxNode | undefined {
  switch (node.type) {
    case 'identifier':
      return node;
    case 'default_parameter':
    case 'typed_default_parameter':
      return node.child('name');
    case 'typed_parameter':
      return node.inner && nameOf(node.inner);
    case 'list_splat_pattern':
    case 'dictionary_splat_pattern':
      return node.inner;
    default:
      return undefined;
  }
}
