import type { RecordValue, Scope, Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { codeIn, type GoContext, MAX_DEPTH, opaque, type TypeFacts, textOf } from './context.ts';
import { constant } from './literals.ts';
import { elementType, lowerType } from './types.ts';

type Entry = RecordValue['entries'][number];

/** `T{…}`: a call of a named type with a record, or a list or record when the type says so. */
export function lowerComposite(context: GoContext, node: SyntaxNode, scope: Scope): Value {
  return lowerBody(context, node, node.child('body'), node.child('type'), scope);
}

/** A literal's braces, with the type that is written or that the literal around it gives them. */
function lowerBody(
  context: GoContext,
  node: SyntaxNode,
  body: SyntaxNode | undefined,
  type: SyntaxNode | undefined,
  scope: Scope,
): Value {
  if (context.depth >= MAX_DEPTH) return opaque(node);
  context.depth++;
  try {
    const bare = type?.type === 'pointer_type' ? type.inner : type;
    switch (bare?.type) {
      case 'slice_type':
      case 'array_type':
      case 'implicit_length_array_type':
        return lowerList(context, node, body, elementType(context, bare), scope);
      case 'map_type':
        return lowerMap(context, node, body, bare, scope);
      default:
        return lowerStruct(context, node, body, bare, scope);
    }
  } finally {
    context.depth--;
  }
}

function lowerElement(
  context: GoContext,
  element: SyntaxNode | undefined,
  type: SyntaxNode | undefined,
  scope: Scope,
): Value {
  const inside = element?.type === 'literal_element' ? element.inner : element;
  if (inside?.type === 'literal_value') return lowerBody(context, inside, inside, type, scope);
  return context.value(inside, scope);
}

function lowerList(
  context: GoContext,
  node: SyntaxNode,
  body: SyntaxNode | undefined,
  type: SyntaxNode | undefined,
  scope: Scope,
): Value {
  const items = codeIn(body).map(element => ({
    value: lowerElement(
      context,
      element.type === 'keyed_element' ? element.child('value') : element,
      type,
      scope,
    ),
  }));
  return { kind: 'list', node, items };
}

function lowerMap(
  context: GoContext,
  node: SyntaxNode,
  body: SyntaxNode | undefined,
  type: SyntaxNode,
  scope: Scope,
): Value {
  const entries = codeIn(body).flatMap((element): Entry[] => {
    if (element.type !== 'keyed_element') return [];
    const key = lowerElement(context, element.child('key'), type.child('key'), scope);
    const value = lowerElement(context, element.child('value'), type.child('value'), scope);
    return [{ key: key.kind === 'constant' && typeof key.value === 'string' ? key.value : key, value }];
  });
  return { kind: 'record', node, entries };
}

function lowerStruct(
  context: GoContext,
  node: SyntaxNode,
  body: SyntaxNode | undefined,
  type: SyntaxNode | undefined,
  scope: Scope,
): Value {
  const callee = lowerType(context, type, scope);
  const binding = callee?.kind === 'reference' ? callee.binding : undefined;
  const facts = binding && context.facts.get(binding)?.type;
  const entries = codeIn(body).map((element, index) =>
    lowerField(context, element, index, facts ?? fieldsOf(context, type), scope),
  );
  const record: Value = { kind: 'record', node, entries };
  if (callee === undefined || facts?.kind === 'other') return record;
  return { kind: 'call', node, callee, args: [{ value: record }], isNew: true };
}

function lowerField(
  context: GoContext,
  element: SyntaxNode,
  index: number,
  facts: TypeFacts | undefined,
  scope: Scope,
): Entry {
  if (element.type !== 'keyed_element') {
    const name = facts?.fields[index];
    const value = lowerElement(context, element, name ? facts?.fieldTypes.get(name) : undefined, scope);
    return { key: name ?? constant(element, index), value };
  }
  const key = element.child('key')?.inner;
  const name = key?.type === 'identifier' ? textOf(context, key) : undefined;
  const type = name === undefined ? undefined : facts?.fieldTypes.get(name);
  const value = lowerElement(context, element.child('value'), type, scope);
  return { key: name ?? context.value(key, scope), value };
}

function fieldsOf(context: GoContext, type: SyntaxNode | undefined): TypeFacts | undefined {
  return type?.type === 'struct_type' ? structFacts(context, type) : undefined;
}

/** The fields of a struct type. */
export function structFacts(context: GoContext, type: SyntaxNode): TypeFacts {
  const fields: string[] = [];
  const fieldTypes = new Map<string, SyntaxNode>();
  for (const declaration of codeIn(type.inner)) {
    const fieldType = declaration.child('type');
    if (declaration.type !== 'field_declaration' || fieldType === undefined) continue;
    const names = declaration.children.filter(({ field }) => field === 'name').map(n => textOf(context, n));
    if (names.length === 0) names.push(embedded(context, fieldType));
    for (const name of names) {
      if (name === ',') continue;
      fields.push(name);
      fieldTypes.set(name, fieldType);
    }
  }
  return { kind: 'struct', fields, fieldTypes };
}

function embedded(context: GoContext, type: SyntaxNode): string {
  const bare = type.type === 'generic_type' ? (type.child('type') ?? type) : type;
  const text = textOf(context, bare);
  return text.slice(text.lastIndexOf('.') + 1);
}
