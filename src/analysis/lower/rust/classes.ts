import type { Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { attributeValue, isTestAttribute } from './attributes.ts';
import { type GrowingClass, type Place, partsOf, type RustFile } from './file.ts';
import { functionIr, isVisible } from './functions.ts';
import { pathValue } from './path-values.ts';
import { lastName, typeValue } from './types.ts';

/** Whether an item is a type with members. */
export function isClass({ type }: SyntaxNode): boolean {
  return type === 'struct_item' || type === 'enum_item' || type === 'union_item' || type === 'trait_item';
}

/** Declares a type, without its members. */
export function declareClass(node: SyntaxNode, file: RustFile, place: Place): void {
  const name = node.child('name');
  if (name === undefined) return;
  const binding = place.scope.declare(file.textOf(name), node);
  if (!file.ownClasses.has(binding))
    file.ownClasses.set(binding, newClass(node, binding.name, isVisible(node), file));
}

function newClass(node: SyntaxNode, name: string, isPublic: boolean, file: RustFile): GrowingClass {
  const made: GrowingClass = {
    node,
    name,
    bases: [],
    decorators: [],
    methods: new Map(),
    fields: new Map(),
    fieldTypes: new Map(),
    isPublic,
  };
  file.classes.push(made);
  return made;
}

/** The class that a `struct`, `enum`, `trait` or `impl` is about. */
export function classOf(node: SyntaxNode, file: RustFile, place: Place): GrowingClass | undefined {
  let name = node.child(node.type === 'impl_item' ? 'type' : 'name');
  if (name?.type === 'reference_type') name = name.child('type');
  if (name?.type === 'generic_type') name = name.child('type');
  if (name === undefined || name.end - name.start > 200) return undefined;
  const text = file.textOf(name);
  const binding = place.scope.lookup(text);
  const own = binding && file.ownClasses.get(binding);
  if (own !== undefined) return own;
  let other = file.otherClasses.get(text);
  if (other === undefined) {
    other = newClass(node, lastName(name, file), true, file);
    file.otherClasses.set(text, other);
  }
  return other;
}

/** Adds what a `struct`, `enum`, `trait` or `impl` says of a class. */
export function addMembers(
  node: SyntaxNode,
  own: GrowingClass,
  decorators: readonly Value[],
  file: RustFile,
  outer: Place,
): void {
  (own.decorators as Value[]).push(...decorators);
  const binding = own.name === undefined ? undefined : outer.scope.lookup(own.name);
  const place: Place = {
    ...outer,
    owner: { class: own, binding: binding && file.ownClasses.get(binding) === own ? binding : undefined },
  };
  const trait = node.child('trait');
  const base = trait?.type === 'generic_type' ? trait.child('type') : trait;
  if (base !== undefined) own.bases.push(pathValue(base, file, place));
  const body = node.child('body');
  if (body === undefined) return;
  if (body.type === 'ordered_field_declaration_list') orderedFields(body, own, file, place);
  const isTrait = trait !== undefined || node.type === 'trait_item';
  let attributes: SyntaxNode[] = [];
  for (const member of partsOf(body)) {
    if (member.type === 'attribute_item') {
      attributes.push(member);
      continue;
    }
    addMember(member, own, attributes, isTrait, file, place);
    attributes = [];
  }
}

function addMember(
  member: SyntaxNode,
  own: GrowingClass,
  attributes: readonly SyntaxNode[],
  isTrait: boolean,
  file: RustFile,
  place: Place,
): void {
  const name = member.child('name');
  if (name === undefined) return;
  const key = file.textOf(name);
  switch (member.type) {
    case 'function_item': {
      const decorators = attributes.flatMap(one => attributeValue(one, file, place) ?? []);
      if (attributes.some(one => isTestAttribute(one, file))) file.tests.push(member);
      own.methods.set(key, functionIr(member, file, place, { decorators, owner: own, isPublic: isTrait }));
      break;
    }
    case 'field_declaration': {
      own.fields.set(key, undefined);
      const type = typeValue(member.child('type'), file, place);
      if (type !== undefined) own.fieldTypes.set(key, type);
      break;
    }
    case 'const_item': {
      const value = member.child('value');
      if (value !== undefined) own.fields.set(key, file.expression(value, place));
      break;
    }
    case 'enum_variant':
      // One without content is a value of the type, with the type's methods.
      if (member.child('body') === undefined) {
        own.fields.set(key, {
          kind: 'call',
          node: member,
          callee: { kind: 'class', node: member, class: own },
          args: [],
          isNew: true,
        });
      }
      break;
    default:
      break;
  }
}

/** `struct Pair(String, u8);` has its fields by position. */
function orderedFields(body: SyntaxNode, own: GrowingClass, file: RustFile, place: Place): void {
  let position = 0;
  for (const part of partsOf(body)) {
    if (part.field !== 'type') continue;
    const type = typeValue(part, file, place);
    own.fields.set(String(position), undefined);
    if (type !== undefined) own.fieldTypes.set(String(position), type);
    position++;
  }
}
