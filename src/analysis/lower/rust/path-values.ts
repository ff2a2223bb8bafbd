import type { Binding, Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { type Place, type RustFile, useOf } from './file.ts';

const IS_LOCAL_ROOT = new Set(['crate', 'self', 'super']);

/** `a::b::c`, in expressions and types, as members of what its first part is. */
export function pathValue(node: SyntaxNode, file: RustFile, place: Place): Value {
  const links: SyntaxNode[] = [];
  let root: SyntaxNode | undefined = node;
  while (root !== undefined && isScoped(root)) {
    links.push(root);
    root = throughGenerics(root.child('path'));
  }
  links.reverse();
  const first = root === undefined ? '' : rootName(root, file);
  if (IS_LOCAL_ROOT.has(first) && links.length > 0) return ownPath(first, links, file);
  let value: Value =
    root === undefined
      ? // `::a::b` is `a::b`, whatever the file calls `a`.
        { kind: 'reference', node, name: keyOf(links.shift() ?? node, file), binding: undefined }
      : rootValue(root, first, place);
  for (const link of links) {
    value = { kind: 'member', node: link, object: value, key: keyOf(link, file) };
  }
  return value;
}

function isScoped({ type }: SyntaxNode): boolean {
  return type === 'scoped_identifier' || type === 'scoped_type_identifier';
}

/** `Vec::<u8>::new` and `<Vec<u8> as From<T>>::from` are about `Vec`. */
function throughGenerics(node: SyntaxNode | undefined): SyntaxNode | undefined {
  let current = node;
  for (let i = 0; current !== undefined && i < 40; i++) {
    if (current.type === 'generic_type' || current.type === 'generic_type_with_turbofish') {
      current = current.child('type');
    } else if (current.type === 'bracketed_type') current = current.children[0];
    else if (current.type === 'qualified_type' || current.type === 'reference_type') {
      current = current.child('type');
    } else return current;
  }
  return current;
}

function rootName(node: SyntaxNode, file: RustFile): string {
  return node.end - node.start > 200 ? '' : file.textOf(node);
}

function rootValue(node: SyntaxNode, name: string, place: Place): Value {
  if (name === 'Self' && place.owner !== undefined) {
    const { class: own, binding } = place.owner;
    return binding === undefined ? { kind: 'class', node, class: own } : useOf(binding, node);
  }
  return { kind: 'reference', node, name, binding: place.scope.lookup(name) };
}

function keyOf(link: SyntaxNode, file: RustFile): string {
  const name = link.child('name');
  return name === undefined ? '' : file.textOf(name);
}

/** `crate::a::f(x)`: an import is made up for it. Small letters at the front are modules, what follows is in them. */
function ownPath(root: string, links: readonly SyntaxNode[], file: RustFile): Value {
  const keys = links.map(link => keyOf(link, file));
  const firstItem = keys.findIndex(key => !/^[a-z_]/.test(key));
  const at = firstItem < 0 ? keys.length - 1 : firstItem;
  const module = [root, ...keys.slice(0, at)].join('.');
  const name = keys[at] ?? '';
  const node = links[at] as SyntaxNode;
  let value: Value = useOf(importOf(module, name, node, file), node);
  for (let i = at + 1; i < links.length; i++) {
    value = { kind: 'member', node: links[i] as SyntaxNode, object: value, key: keys[i] ?? '' };
  }
  return value;
}

function importOf(module: string, name: string, node: SyntaxNode, file: RustFile): Binding {
  // What the path means may stand in this very file: `self::f`, `crate::f` in the crate's root.
  const known = module === 'self' ? file.root.lookup(name) : undefined;
  if (known !== undefined) return known;
  const key = `${module}.${name}`;
  let made = file.imports.get(key);
  if (made === undefined) {
    const binding: Binding = { name, node };
    made = { binding, statement: { kind: 'import', node, module, bindings: [{ binding, name }] } };
    file.imports.set(key, made);
  }
  return made.binding;
}
