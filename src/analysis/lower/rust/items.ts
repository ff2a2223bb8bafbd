import { createScope, type Statement, type Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { attributeValue, isTestAttribute } from './attributes.ts';
import { addMembers, classOf, declareClass, isClass } from './classes.ts';
import { assign, type Place, type RustFile, useOf } from './file.ts';
import { functionIr } from './functions.ts';
import { typeValue } from './types.ts';
import { useStatements } from './use-trees.ts';

const ITEMS = new Set([
  'function_item',
  'struct_item',
  'enum_item',
  'union_item',
  'trait_item',
  'impl_item',
  'mod_item',
  'use_declaration',
  'const_item',
  'static_item',
  'type_item',
  'extern_crate_declaration',
  'foreign_mod_item',
  'attribute_item',
  'inner_attribute_item',
  'macro_definition',
  'function_signature_item',
  'associated_type',
]);

/** Whether a node is an item: it counts in all of its block, wherever it stands. */
export function isItem({ type }: SyntaxNode): boolean {
  return ITEMS.has(type);
}

/** An item with the attributes before it. */
interface Item {
  readonly node: SyntaxNode;
  readonly attributes: readonly SyntaxNode[];
}

/** Declares and lowers the items among some nodes, in the order in which they can be evaluated. */
export function itemStatements(nodes: readonly SyntaxNode[], file: RustFile, place: Place): Statement[] {
  const items = withAttributes(nodes);
  for (const { node, attributes } of items) {
    declare(node, file, place);
    if (attributes.some(one => isTestAttribute(one, file))) file.tests.push(node);
  }
  const imports: Statement[] = [];
  const local: Statement[] = [];
  for (const { node } of items) {
    if (node.type !== 'use_declaration') continue;
    const used = useStatements(node, file, place);
    imports.push(...used.imports);
    local.push(...used.local);
  }
  const lowered = items.map(item => ({ type: item.node.type, statements: itemStatement(item, file, place) }));
  const ofType = (test: (type: string) => boolean): Statement[] =>
    lowered.filter(({ type }) => test(type)).flatMap(({ statements }) => statements);
  const isValue = (type: string): boolean => type === 'const_item' || type === 'static_item';
  const isImport = (type: string): boolean =>
    type === 'extern_crate_declaration' || type === 'foreign_mod_item';
  return [
    ...imports,
    ...ofType(isImport),
    ...ofType(type => !isValue(type) && !isImport(type)),
    ...local,
    ...ofType(isValue),
  ];
}

function withAttributes(nodes: readonly SyntaxNode[]): Item[] {
  const items: Item[] = [];
  let attributes: SyntaxNode[] = [];
  for (const node of nodes) {
    if (node.type === 'attribute_item') attributes.push(node);
    else if (isItem(node)) {
      items.push({ node, attributes });
      attributes = [];
    } else if (node.type !== 'line_comment' && node.type !== 'block_comment') attributes = [];
  }
  return items;
}

function declare(node: SyntaxNode, file: RustFile, place: Place): void {
  if (node.type === 'impl_item') noteMethods(node, file);
  const name = node.child('name');
  if (name === undefined) return;
  if (isClass(node)) declareClass(node, file, place);
  else if (node.type !== 'macro_definition' && node.type !== 'extern_crate_declaration') {
    place.scope.declare(file.textOf(name), node);
  }
}

function noteMethods(node: SyntaxNode, file: RustFile): void {
  for (const member of node.child('body')?.children ?? []) {
    const name = member.type === 'function_item' ? member.child('name') : undefined;
    if (name !== undefined) file.ownMethods.add(file.textOf(name));
  }
}

function itemStatement({ node, attributes }: Item, file: RustFile, place: Place): Statement[] {
  const decorators = attributes.flatMap(one => attributeValue(one, file, place) ?? []);
  const name = node.child('name');
  const binding = name && place.scope.own(file.textOf(name));
  switch (node.type) {
    case 'function_item':
      if (binding === undefined) return [];
      return [
        assign(binding, node, {
          kind: 'function',
          node,
          function: functionIr(node, file, place, { decorators }),
        }),
      ];
    case 'struct_item':
    case 'enum_item':
    case 'union_item':
    case 'trait_item': {
      const own = classOf(node, file, place);
      if (own === undefined || binding === undefined) return [];
      addMembers(node, own, decorators, file, place);
      return [assign(binding, node, { kind: 'class', node, class: own })];
    }
    case 'impl_item': {
      const own = classOf(node, file, place);
      if (own !== undefined) addMembers(node, own, decorators, file, place);
      return [];
    }
    case 'mod_item':
      return binding === undefined ? [] : moduleStatements(node, binding, file, place);
    case 'const_item':
    case 'static_item': {
      const value = node.child('value');
      if (binding === undefined || value === undefined) return [];
      const type = typeValue(node.child('type'), file, place);
      return [{ ...assign(binding, node, file.expression(value, place)), type } as Statement];
    }
    case 'type_item': {
      const type = typeValue(node.child('type'), file, place);
      return binding === undefined || type === undefined ? [] : [assign(binding, node, type)];
    }
    case 'extern_crate_declaration':
      return externCrate(node, file, place);
    case 'foreign_mod_item':
      return foreignFunctions(node, file, place);
    default:
      return [];
  }
}

/** A module in the file is a record of its items; one in a file of its own is an import. */
function moduleStatements(
  node: SyntaxNode,
  binding: NonNullable<ReturnType<Place['scope']['own']>>,
  file: RustFile,
  outer: Place,
): Statement[] {
  const body = node.child('body');
  if (body === undefined) {
    return [
      { kind: 'import', node, module: `self.${binding.name}`, bindings: [{ binding, name: undefined }] },
      // Others reach it through this one: what is assigned can be had from outside.
      assign(binding, node, useOf(binding, node)),
    ];
  }
  const place: Place = { ...outer, scope: createScope(outer.scope), owner: undefined };
  const statements = file.items(body.children, place);
  const entries = body.children.flatMap((item): { key: string; value: Value }[] => {
    const name = isItem(item) ? item.child('name') : undefined;
    const known = name && place.scope.own(file.textOf(name));
    return known === undefined ? [] : [{ key: known.name, value: useOf(known, item) }];
  });
  return [{ kind: 'block', body: statements }, assign(binding, node, { kind: 'record', node, entries })];
}

function externCrate(node: SyntaxNode, file: RustFile, place: Place): Statement[] {
  const name = node.child('name');
  if (name === undefined) return [];
  const alias = node.child('alias') ?? name;
  const binding = place.scope.declare(file.textOf(alias), node);
  return [{ kind: 'import', node, module: file.textOf(name), bindings: [{ binding, name: undefined }] }];
}

/** `extern "C" { fn system(…); }`: whatever library it comes from, it goes by the name it has in `libc`. */
function foreignFunctions(node: SyntaxNode, file: RustFile, place: Place): Statement[] {
  const body = node.child('body');
  const bindings = (body?.children ?? []).flatMap(item => {
    const name = item.type === 'function_signature_item' ? item.child('name') : undefined;
    if (name === undefined) return [];
    const text = file.textOf(name);
    return [{ binding: place.scope.declare(text, item), name: text }];
  });
  return bindings.length === 0 ? [] : [{ kind: 'import', node, module: 'libc', bindings }];
}
