import type { Argument, Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { opaque, type Place, partsOf, type RustFile } from './file.ts';
import { methodValue } from './methods.ts';
import { pathValue } from './path-values.ts';

/** What is inside is the value itself. */
const SAME = new Set(['Some', 'Ok']);

/** A call of a function or a method. Chains of methods are gone through from their front, however long. */
export function callValue(node: SyntaxNode, file: RustFile, place: Place): Value {
  const chain: SyntaxNode[] = [];
  let current: SyntaxNode = node;
  for (;;) {
    const method = methodOf(current);
    const receiver = method?.child('value');
    if (receiver === undefined) break;
    chain.push(current);
    const next = pastWrappers(receiver);
    if (next.type !== 'call_expression') {
      current = receiver;
      break;
    }
    current = next;
  }
  let value: Value =
    chain.length > 0 && current.type !== 'call_expression'
      ? file.expression(current, place)
      : functionCall(current, file, place);
  for (const call of chain.reverse()) {
    const method = methodOf(call);
    const name = method?.child('field');
    const args = argumentsOf(call, file, place);
    const types = typeArgumentsOf(call, file);
    value =
      name === undefined
        ? opaque(call, [value, ...args.map(argument => argument.value)])
        : methodValue({ node: call, receiver: value, name: file.textOf(name), args, types }, file);
  }
  return value;
}

/** The `a.b` of `a.b(…)` and `a.b::<T>(…)`. */
function methodOf(call: SyntaxNode): SyntaxNode | undefined {
  if (call.type !== 'call_expression') return undefined;
  const callee = call.child('function');
  const plain = callee?.type === 'generic_function' ? callee.child('function') : callee;
  return plain?.type === 'field_expression' ? plain : undefined;
}

function typeArgumentsOf(call: SyntaxNode, file: RustFile): string {
  const callee = call.child('function');
  const types = callee?.type === 'generic_function' ? callee.child('type_arguments') : undefined;
  return types === undefined ? '' : file.textOf(types);
}

/** Through `?`, `.await` and parentheses. */
function pastWrappers(node: SyntaxNode): SyntaxNode {
  let current = node;
  while (
    current.type === 'try_expression' ||
    current.type === 'await_expression' ||
    current.type === 'parenthesized_expression'
  ) {
    const [inner] = partsOf(current);
    if (inner === undefined) break;
    current = inner;
  }
  return current;
}

export function argumentsOf(call: SyntaxNode, file: RustFile, place: Place): readonly Argument[] {
  const list = call.child('arguments');
  return list === undefined
    ? []
    : partsOf(list)
        .filter(({ type }) => type !== 'attribute_item')
        .map(one => ({ value: file.expression(one, place), isReference: isWritable(one) }));
}

/** `&mut x`: whoever is called may write to it. */
function isWritable(node: SyntaxNode): boolean {
  return (
    node.type === 'reference_expression' && node.children.some(({ type }) => type === 'mutable_specifier')
  );
}

function functionCall(node: SyntaxNode, file: RustFile, place: Place): Value {
  const written = node.child('function');
  const callee = written?.type === 'generic_function' ? written.child('function') : written;
  const args = argumentsOf(node, file, place);
  if (callee === undefined)
    return opaque(
      node,
      args.map(({ value }) => value),
    );
  const [first] = args;
  const name = callee.type === 'identifier' ? file.textOf(callee) : undefined;
  if (name !== undefined && first !== undefined && place.scope.lookup(name) === undefined) {
    if (SAME.has(name)) return first.value;
    // What went wrong is not what a caller goes on with.
    if (name === 'Err') {
      const nothing: Value = { kind: 'constant', node, value: undefined };
      return { kind: 'block', node, body: [{ kind: 'expression', value: first.value }], value: nothing };
    }
  }
  const target = callee.type === 'field_expression' ? undefined : calleeValue(callee, file, place);
  if (target === undefined)
    return opaque(
      node,
      args.map(({ value }) => value),
    );
  const empty = args.length === 0 ? emptyContainer(target, node) : undefined;
  if (empty !== undefined) return empty;
  if (isOwnVariant(target, file)) {
    const entries = args.map(({ value }, index) => ({ key: String(index), value }));
    return {
      kind: 'call',
      node,
      callee: target,
      args: [{ value: { kind: 'record', node, entries } }],
      isNew: true,
    };
  }
  return { kind: 'call', node, callee: target, args, isNew: false };
}

function calleeValue(callee: SyntaxNode, file: RustFile, place: Place): Value {
  return callee.type === 'identifier' || callee.type === 'scoped_identifier'
    ? pathValue(callee, file, place)
    : file.expression(callee, place);
}

const LISTS = new Set([
  'Vec',
  'VecDeque',
  'LinkedList',
  'HashSet',
  'BTreeSet',
  'BinaryHeap',
  'SmallVec',
  'IndexSet',
]);
const MAPS = new Set(['HashMap', 'BTreeMap', 'IndexMap', 'FxHashMap', 'AHashMap', 'DashMap']);

/** `Vec::new()` is an empty list, `HashMap::new()` an empty record. */
function emptyContainer(callee: Value, node: SyntaxNode): Value | undefined {
  if (callee.kind !== 'member' || (callee.key !== 'new' && callee.key !== 'default')) return undefined;
  const { object } = callee;
  const name = object.kind === 'reference' ? object.name : object.kind === 'member' ? object.key : '';
  if (LISTS.has(name)) return { kind: 'list', node, items: [] };
  return MAPS.has(name) ? { kind: 'record', node, entries: [] } : undefined;
}

/** `Shape::Circle(r)`, `Wrapper(x)` of a type declared in this file: a value with positions for fields. */
function isOwnVariant(callee: Value, file: RustFile): boolean {
  if (callee.kind === 'reference') return callee.binding !== undefined && file.ownClasses.has(callee.binding);
  if (callee.kind !== 'member' || !/^[A-Z]/.test(callee.key) || callee.object.kind !== 'reference')
    return false;
  const { binding } = callee.object;
  return binding !== undefined && file.ownClasses.has(binding);
}
