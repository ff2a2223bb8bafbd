import type { Scope, Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { type GoContext, reference, textOf } from './context.ts';

/** Types that say nothing about where a value comes from or what can be called on it. */
const SILENT = new Set(['string', 'any', 'error', 'byte', 'rune', 'comparable']);

/**
 * What names a type, pointers and type arguments taken off: `*http.Request` names `http.Request`. Lists, maps,
 * functions, texts and `any` have no name worth knowing.
 */
export function lowerType(context: GoContext, node: SyntaxNode | undefined, scope: Scope): Value | undefined {
  let type = node;
  while (type?.type === 'pointer_type' || type?.type === 'parenthesized_type') type = type.inner;
  if (type?.type === 'generic_type') type = type.child('type');
  if (type === undefined) return undefined;
  if (type.type === 'qualified_type') {
    const module = type.child('package');
    const name = type.child('name');
    if (module === undefined || name === undefined) return undefined;
    const object = reference(module, textOf(context, module), scope);
    return { kind: 'member', node: type, object, key: textOf(context, name) };
  }
  if (type.type !== 'type_identifier' && type.type !== 'identifier') return undefined;
  const name = textOf(context, type);
  return SILENT.has(name) && scope.lookup(name) === undefined ? undefined : reference(type, name, scope);
}

/** `http.Request` of `*http.Request` with its module in full, or the bare name of a type of the package. */
export function typeName(context: GoContext, node: SyntaxNode | undefined, scope: Scope): string | undefined {
  const value = lowerType(context, node, scope);
  if (value?.kind === 'reference') return value.name;
  if (value?.kind !== 'member' || value.object.kind !== 'reference') return undefined;
  const { binding, name } = value.object;
  const module = binding === undefined ? undefined : context.facts.get(binding)?.module;
  return `${module ?? name}.${value.key}`;
}

/** What the elements of a list, array, map or channel type are. */
export function elementType(context: GoContext, node: SyntaxNode | undefined): SyntaxNode | undefined {
  switch (node?.type) {
    case 'slice_type':
    case 'array_type':
    case 'implicit_length_array_type':
      return node.child('element');
    case 'map_type':
    case 'channel_type':
      return node.child('value');
    case 'pointer_type':
    case 'parenthesized_type':
      return elementType(context, node.inner);
    default:
      return undefined;
  }
}
