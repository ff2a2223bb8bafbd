import type { Argument, Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { Context } from './context.ts';
import { elementOf, lowerFormat } from './formats.ts';
import { textOf } from './strings.ts';

/** A call; those that only put text together, name an attribute or import a module become what they mean. */
export function lowerCall(node: SyntaxNode, context: Context): Value {
  const callee = context.value(node.child('function'), node);
  const list = node.child('arguments');
  const args = lowerArguments(list, context);
  const known = knownMethod(node, callee, args) ?? knownFunction(node, callee, args, context);
  return known ?? { kind: 'call', node, callee, args, isNew: false };
}

/** The arguments of a call, or of an `argument_list` that a single generator stands in for. */
export function lowerArguments(list: SyntaxNode | undefined, context: Context): readonly Argument[] {
  if (list === undefined) return [];
  if (list.type !== 'argument_list') return [{ value: context.value(list, list) }];
  const args: Argument[] = [];
  for (const child of list.children) {
    switch (child.type) {
      case 'comment':
        break;
      case 'keyword_argument': {
        const name = child.child('name');
        const value = context.value(child.child('value'), child);
        args.push({ name: name === undefined ? '' : context.textOf(name), value });
        break;
      }
      case 'list_splat':
        args.push({ value: context.value(child.inner, child), spread: 'list' });
        break;
      case 'dictionary_splat':
        args.push({ value: context.value(child.inner, child), spread: 'record' });
        break;
      default:
        args.push({ value: context.value(child, list) });
    }
  }
  return args;
}

function knownMethod(node: SyntaxNode, callee: Value, args: readonly Argument[]): Value | undefined {
  if (callee.kind !== 'member') return undefined;
  const { object, key } = callee;
  if (object.kind !== 'constant' || typeof object.value !== 'string') return undefined;
  if (key === 'format') return lowerFormat(node, object.value, args);
  const [only, more] = args;
  if (key === 'join' && only && more === undefined && only.spread === undefined) {
    return joined(node, object.value, only.value);
  }
  return undefined;
}

/** `", ".join(items)`: the elements with the separator between them; of an unknown number, two stand for all. */
function joined(node: SyntaxNode, separator: string, items: Value): Value {
  const between: Value = { kind: 'constant', node, value: separator };
  if (items.kind === 'list' && items.items.every(item => !item.spread)) {
    return textOf(
      node,
      items.items.flatMap(({ value }, index) => (index === 0 ? [value] : [between, value])),
    );
  }
  if (items.kind === 'block' && items.value !== undefined) {
    return { ...items, node, value: joined(node, separator, items.value) };
  }
  const element = elementOf(items);
  return textOf(node, separator === '' ? [element] : [element, between, element]);
}

function knownFunction(
  node: SyntaxNode,
  callee: Value,
  args: readonly Argument[],
  context: Context,
): Value | undefined {
  const [first, second] = args;
  switch (context.originOf(callee)) {
    case 'builtins.super':
      return { kind: 'self', node, isSuper: true };
    case 'builtins.getattr':
      if (first && second?.value.kind === 'constant' && typeof second.value.value === 'string') {
        return { kind: 'member', node, object: first.value, key: second.value.value };
      }
      return undefined;
    case 'builtins.zip': {
      if (args.some(argument => argument.spread !== undefined)) return undefined;
      const columns = args.filter(argument => argument.name === undefined);
      const row: Value = {
        kind: 'list',
        node,
        items: columns.map(({ value }) => ({ value: elementOf(value) })),
      };
      return { kind: 'list', node, items: [{ value: row }] };
    }
    case 'builtins.dict': {
      if (args.some(argument => argument.name === undefined && argument.spread !== 'record'))
        return undefined;
      const entries = args.map(({ name, value }) => ({ key: name, value }));
      return { kind: 'record', node, entries };
    }
    case 'builtins.__import__':
    case 'importlib.import_module':
      if (first?.value.kind === 'constant' && typeof first.value.value === 'string' && args.length <= 5) {
        return imported(node, { kind: 'call', node, callee, args, isNew: false }, first.value.value, context);
      }
      return undefined;
    default:
      return undefined;
  }
}

/** A module that an ordinary call brings in: the call, and then what it gives. */
function imported(node: SyntaxNode, call: Value, module: string, context: Context): Value {
  const binding = context.temporary(node, module);
  context.origins.set(binding, module);
  return {
    kind: 'block',
    node,
    body: [
      { kind: 'expression', value: call },
      { kind: 'import', node, module, bindings: [{ binding, name: undefined }] },
    ],
    value: { kind: 'reference', node, name: module, binding },
  };
}
