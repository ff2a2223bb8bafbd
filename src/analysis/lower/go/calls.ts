import type { Argument, Scope, Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { lowerBuilderCall } from './builders.ts';
import { lowerCleaning } from './cleanings.ts';
import { codeIn, type GoContext, importedName, opaque, textOf } from './context.ts';
import { constant } from './literals.ts';
import { formatParts, joinParts } from './texts.ts';
import { lowerType } from './types.ts';

/** Methods and functions that fill what they are handed, when that is a pointer or a buffer. */
const FILLERS =
  /^(?:Read|Decode|Unmarshal|Bind|ShouldBind|MustBind|Scan|Sscan|Fscan|BodyParser|Parse|Get|First|Find|copy)/;

/** Functions that are handed addresses to look at only. */
const READERS =
  /^(?:Print|Sprint|Fprint|Errorf|Marshal|Encode|DeepEqual|ValueOf|TypeOf|Write|Log|Debug|Info|Warn|Error|Fatal|Panic)/;

/** A call, or what it certainly gives when it is a conversion, puts text together or makes something. */
export function lowerCall(context: GoContext, node: SyntaxNode, scope: Scope): Value {
  const callee = node.child('function');
  const written = codeIn(node.child('arguments'));
  if (callee === undefined) return opaque(node);
  const special =
    callee.type === 'identifier'
      ? lowerBuiltin(context, node, callee, written, scope)
      : (lowerBuilderCall(context, node, callee, written, scope) ??
        lowerText(context, node, callee, written, scope));
  if (special !== undefined) return special;
  const target = context.value(callee, scope);
  if (isConversion(context, target) && written.length === 1) return context.value(written[0], scope);
  const name = target.kind === 'member' ? target.key : target.kind === 'reference' ? target.name : '';
  const args = written.map(argument => lowerArgument(context, argument, name, scope));
  return { kind: 'call', node, callee: target, args, isNew: false };
}

/** `T(x)` where the grammar is sure that `T` is a type: the value stays what it was. */
export function lowerConversion(context: GoContext, node: SyntaxNode, scope: Scope): Value {
  const type = node.child('type');
  const operand = context.value(node.child('operand'), scope);
  // `f[T](x)` looks like a conversion to a type with arguments.
  if (type?.type !== 'generic_type') return operand;
  const callee = lowerType(context, type, scope);
  if (callee === undefined || isConversion(context, callee)) return operand;
  return { kind: 'call', node, callee, args: [{ value: operand }], isNew: false };
}

function isConversion(context: GoContext, callee: Value): boolean {
  if (callee.kind !== 'reference' || callee.binding === undefined) return false;
  return context.facts.get(callee.binding)?.type !== undefined;
}

function lowerArgument(context: GoContext, node: SyntaxNode, callee: string, scope: Scope): Argument {
  const isSpread = node.type === 'variadic_argument';
  const value = context.value(isSpread ? node.inner : node, scope);
  return {
    value,
    ...(isSpread ? { spread: 'list' } : {}),
    ...(isReference(context, node, callee, scope) ? { isReference: true } : {}),
  };
}

function isReference(context: GoContext, node: SyntaxNode, callee: string, scope: Scope): boolean {
  if (node.type === 'unary_expression') {
    const sign = node.child('operator');
    const operand = node.child('operand');
    if (sign === undefined || textOf(context, sign) !== '&') return false;
    return operand?.type !== 'composite_literal' && !READERS.test(callee);
  }
  if (!FILLERS.test(callee)) return false;
  if (node.type === 'slice_expression') return true;
  if (node.type !== 'identifier') return false;
  const binding = scope.lookup(textOf(context, node));
  return binding !== undefined && context.facts.get(binding)?.isPointer === true;
}

function lowerBuiltin(
  context: GoContext,
  node: SyntaxNode,
  callee: SyntaxNode,
  written: readonly SyntaxNode[],
  scope: Scope,
): Value | undefined {
  const name = textOf(context, callee);
  if (scope.lookup(name) !== undefined) return undefined;
  const [first, ...rest] = written;
  if (first === undefined) return undefined;
  switch (name) {
    case 'string':
    case 'any':
    case 'error':
      return context.value(first, scope);
    case 'new':
      return lowerNew(context, node, first, scope);
    case 'make':
      return lowerMake(context, node, callee, first, rest, scope);
    case 'append': {
      const items = rest.map(item => ({
        value: context.value(item.type === 'variadic_argument' ? item.inner : item, scope),
        spread: item.type === 'variadic_argument',
      }));
      return { kind: 'list', node, items: [{ value: context.value(first, scope), spread: true }, ...items] };
    }
    case 'copy': {
      const into: Argument = { value: context.value(first, scope), isReference: true };
      const args = [into, ...rest.map(item => ({ value: context.value(item, scope) }))];
      return { kind: 'call', node, callee: context.value(callee, scope), args, isNew: false };
    }
    case 'min':
    case 'max':
      return {
        kind: 'choice',
        node,
        test: undefined,
        options: written.map(item => context.value(item, scope)),
      };
    default:
      return undefined;
  }
}

function lowerNew(context: GoContext, node: SyntaxNode, type: SyntaxNode, scope: Scope): Value {
  const callee = lowerType(context, type, scope);
  if (callee === undefined) return opaque(node);
  const empty: Value = { kind: 'record', node, entries: [] };
  return { kind: 'call', node, callee, args: [{ value: empty }], isNew: true };
}

function lowerMake(
  context: GoContext,
  node: SyntaxNode,
  callee: SyntaxNode,
  type: SyntaxNode,
  sizes: readonly SyntaxNode[],
  scope: Scope,
): Value {
  if (type.type === 'map_type') return { kind: 'record', node, entries: [] };
  const args = [{ value: opaque(type) }, ...sizes.map(size => ({ value: context.value(size, scope) }))];
  return { kind: 'call', node, callee: context.value(callee, scope), args, isNew: false };
}

function lowerText(
  context: GoContext,
  node: SyntaxNode,
  callee: SyntaxNode,
  written: readonly SyntaxNode[],
  scope: Scope,
): Value | undefined {
  const name = importedName(context, callee, scope);
  if (name === undefined || written.some(({ type }) => type === 'variadic_argument')) return undefined;
  const values = (): Value[] => written.map(argument => context.value(argument, scope));
  switch (name) {
    case 'fmt.Sprintf': {
      const [format, ...args] = values();
      if (format?.kind !== 'constant' || typeof format.value !== 'string') {
        return format?.kind === 'reference'
          ? undefined
          : { kind: 'text', node, parts: format ? [format, ...args] : args };
      }
      return { kind: 'text', node, parts: formatParts(format.value, args, node) };
    }
    case 'fmt.Sprint':
      return { kind: 'text', node, parts: values() };
    case 'fmt.Sprintln':
      return {
        kind: 'text',
        node,
        parts: [...joinParts(values(), constant(node, ' ')), constant(node, '\n')],
      };
    case 'strings.Join': {
      const [list, separator] = values();
      if (list?.kind !== 'list' || separator === undefined || list.items.some(({ spread }) => spread)) {
        return undefined;
      }
      const parts = list.items.map(({ value }) => value);
      return { kind: 'text', node, parts: joinParts(parts, separator) };
    }
    case 'path.Clean':
    case 'path/filepath.Clean':
    case 'strings.ReplaceAll':
      return lowerCleaning(context, node, callee, values(), scope);
    default:
      return undefined;
  }
}
