import type { ClassIr, Scope, Statement, Target, Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { noteFacts } from './assignments.ts';
import { isBuilderType } from './builders.ts';
import { structFacts } from './composites.ts';
import { childrenOf, codeIn, type GoContext, opaque, type TypeFacts, textOf } from './context.ts';
import { constant } from './literals.ts';
import { lowerType } from './types.ts';

/** What a variable of a simple type holds before anything is written to it. */
const ZEROES: Readonly<Record<string, string | number | boolean>> = {
  string: '',
  bool: false,
  ...Object.fromEntries(
    ['int', 'int8', 'int16', 'int32', 'int64', 'float32', 'float64'].map(type => [type, 0]),
  ),
  ...Object.fromEntries(
    ['uint', 'uint8', 'uint16', 'uint32', 'uint64', 'byte', 'rune'].map(type => [type, 0]),
  ),
};

/** The specs of a declaration, with or without parentheses. */
export function specsOf(declaration: SyntaxNode): SyntaxNode[] {
  return codeIn(declaration).flatMap(child => (child.type.endsWith('_list') ? codeIn(child) : [child]));
}

/** `var`. At the top of a file nothing is said of variables without a value: any function may have written to them. */
export function lowerVariables(
  context: GoContext,
  node: SyntaxNode,
  scope: Scope,
  isTop = false,
): Statement[] {
  return specsOf(node).flatMap((spec): Statement[] => {
    const names = childrenOf(spec, 'name');
    const typeNode = spec.child('type');
    const type = lowerType(context, typeNode, scope);
    const written = codeIn(spec.child('value'));
    const values = written.map(value => context.value(value, scope));
    const targets = names.map((name): Target | undefined => {
      const text = textOf(context, name);
      return text === '_' ? undefined : { kind: 'binding', node: name, binding: scope.declare(text, name) };
    });
    const [only] = values;
    if (names.length > 1 && values.length === 1 && only !== undefined) {
      const entries = targets.flatMap((target, key) => (target === undefined ? [] : [{ key, target }]));
      return [
        {
          kind: 'assign',
          node: spec,
          target: { kind: 'pattern', node: spec, entries },
          value: only,
          operator: '=',
        },
      ];
    }
    return targets.flatMap((target, index): Statement[] => {
      const from = written[index];
      if (from !== undefined) noteFacts(context, target, from, scope);
      else noteType(context, target, typeNode, scope);
      const value = startOf(context, target, typeNode, values[index], isTop);
      if (target === undefined) return value === undefined ? [] : [{ kind: 'expression', value }];
      return [{ kind: 'assign', node: spec, target, value, operator: '=', type }];
    });
  });
}

function noteType(
  context: GoContext,
  target: Target | undefined,
  type: SyntaxNode | undefined,
  scope: Scope,
): void {
  if (target?.kind !== 'binding') return;
  if (isBuilderType(context, type, scope)) context.facts.set(target.binding, { isBuilder: true });
  else if (type?.type === 'channel_type') context.facts.set(target.binding, { isChannel: true });
  else if (type?.type === 'array_type' || type?.type === 'slice_type') {
    context.facts.set(target.binding, { isPointer: true });
  }
}

function startOf(
  context: GoContext,
  target: Target | undefined,
  type: SyntaxNode | undefined,
  value: Value | undefined,
  isTop: boolean,
): Value | undefined {
  if (target?.kind === 'binding' && context.facts.get(target.binding)?.isBuilder) {
    return constant(target.node, '');
  }
  if (value !== undefined || isTop || type?.type !== 'type_identifier' || target === undefined) return value;
  const zero = ZEROES[textOf(context, type)];
  return zero === undefined ? undefined : constant(target.node, zero);
}

/** `const`: one without a value repeats the expression before it, with the next `iota`. */
export function lowerConstants(context: GoContext, node: SyntaxNode, scope: Scope): Statement[] {
  let written: SyntaxNode[] = [];
  return specsOf(node).flatMap((spec, index) => {
    const own = codeIn(spec.child('value'));
    if (own.length > 0) written = own;
    context.iota = index;
    const type = lowerType(context, spec.child('type'), scope);
    return childrenOf(spec, 'name').flatMap((name, position): Statement[] => {
      const from = written[position];
      const text = textOf(context, name);
      if (text === '_') return [];
      const value = from === undefined ? opaque(name) : context.value(from, scope);
      const target: Target = { kind: 'binding', node: name, binding: scope.declare(text, name) };
      return [{ kind: 'assign', node: spec, target, value, operator: '=', type }];
    });
  });
}

/** `type`, inside a function or after {@link declareTypes} has made its names known. */
export function lowerTypes(context: GoContext, node: SyntaxNode, scope: Scope): Statement[] {
  declareTypes(context, node, scope);
  return specsOf(node).flatMap((spec): Statement[] => {
    const name = spec.child('name');
    const type = spec.child('type');
    if (name === undefined || type === undefined) return [];
    const text = textOf(context, name);
    const binding = scope.declare(text, name);
    const target: Target = { kind: 'binding', node: name, binding };
    const found = context.classByName.get(text);
    const kind = context.facts.get(binding)?.type?.kind;
    const value: Value =
      found !== undefined && kind !== 'interface' && (kind === 'struct' || found.methods.size > 0)
        ? { kind: 'class', node: spec, class: found }
        : (lowerType(context, type, scope) ?? opaque(type));
    return [{ kind: 'assign', node: spec, target, value, operator: '=' }];
  });
}

/** Makes the names of types and what they hold known, before anything that uses them is lowered. */
export function declareTypes(context: GoContext, node: SyntaxNode, scope: Scope): void {
  for (const spec of specsOf(node)) {
    const name = spec.child('name');
    const type = spec.child('type');
    if (name === undefined || type === undefined) continue;
    const binding = scope.declare(textOf(context, name), name);
    if (context.facts.get(binding)?.type !== undefined) continue;
    const isStruct = type.type === 'struct_type';
    const facts: TypeFacts = isStruct
      ? structFacts(context, type)
      : { kind: type.type === 'interface_type' ? 'interface' : 'other', fields: [], fieldTypes: new Map() };
    // A type made of an outside one keeps that one's name; it is no type of the file's own.
    if (isStruct || lowerType(context, type, scope)?.kind !== 'member')
      context.facts.set(binding, { type: facts });
    const made = classOf(context, spec, textOf(context, name), facts, scope);
    context.classByName.set(textOf(context, name), made);
    if (facts.kind === 'struct') context.classes.push(made);
  }
}

function classOf(
  context: GoContext,
  node: SyntaxNode,
  name: string,
  facts: TypeFacts,
  scope: Scope,
): ClassIr {
  const fieldTypes = new Map<string, Value>();
  const bases: Value[] = [];
  for (const [field, typeNode] of facts.fieldTypes) {
    const type = lowerType(context, typeNode, scope);
    if (type === undefined) continue;
    fieldTypes.set(field, type);
    if (typeNode.parent?.child('name') === undefined) bases.push(type);
  }
  return {
    node,
    name,
    bases,
    decorators: [],
    methods: new Map(),
    fields: new Map(facts.fields.map(field => [field, undefined])),
    fieldTypes,
    isPublic: /^\p{Lu}/u.test(name),
  };
}
