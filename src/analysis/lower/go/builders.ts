import type { BlockValue, Scope, Statement, Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { type GoContext, importedName, textOf } from './context.ts';
import { constant } from './literals.ts';
import { formatParts, joinParts, numeric } from './texts.ts';
import { typeName } from './types.ts';

const BUILDERS = new Set(['strings.Builder', 'bytes.Buffer']);

/** Whether a type is one whose variables are lowered to the text they hold. */
export function isBuilderType(context: GoContext, type: SyntaxNode | undefined, scope: Scope): boolean {
  return BUILDERS.has(typeName(context, type, scope) ?? '');
}

/** Whether an expression makes such a variable: `strings.Builder{}`, `&bytes.Buffer{}`, `new(bytes.Buffer)`. */
export function makesBuilder(context: GoContext, node: SyntaxNode | undefined, scope: Scope): boolean {
  if (node?.type === 'unary_expression') return makesBuilder(context, node.child('operand'), scope);
  if (node?.type === 'composite_literal') return isBuilderType(context, node.child('type'), scope);
  if (node?.type !== 'call_expression') return false;
  const callee = node.child('function');
  if (callee?.type !== 'identifier' || textOf(context, callee) !== 'new') return false;
  const type = node.child('arguments')?.inner;
  // The argument of `new` is read as an expression.
  if (type?.type === 'selector_expression') return BUILDERS.has(importedName(context, type, scope) ?? '');
  return isBuilderType(context, type, scope);
}

/** A call of a method of a text that is being built, or of a function that writes to one. */
export function lowerBuilderCall(
  context: GoContext,
  node: SyntaxNode,
  callee: SyntaxNode,
  written: readonly SyntaxNode[],
  scope: Scope,
): Value | undefined {
  const name = importedName(context, callee, scope);
  if (name !== undefined) return lowerWriter(context, node, name, written, scope);
  const field = callee.child('field');
  const builder = builderOf(context, callee.child('operand'), scope);
  if (callee.type !== 'selector_expression' || builder === undefined || field === undefined) return undefined;
  const [argument] = written;
  switch (textOf(context, field)) {
    case 'WriteString':
    case 'Write':
      return argument && appended(node, builder, context.value(argument, scope));
    case 'WriteByte':
    case 'WriteRune': {
      const value = argument && context.value(argument, scope);
      if (value?.kind === 'constant' && typeof value.value === 'number') {
        return appended(node, builder, constant(node, String.fromCodePoint(value.value)));
      }
      return value && appended(node, builder, numeric(value));
    }
    case 'Reset':
      return assigned(node, builder, constant(node, ''), '=');
    case 'String':
    case 'Bytes':
      return context.value(builder.node, scope);
    default:
      return undefined;
  }
}

interface Builder {
  readonly node: SyntaxNode;
  readonly binding: NonNullable<ReturnType<Scope['lookup']>>;
}

/** The variable, when an expression is one that holds text being built, or its address. */
function builderOf(context: GoContext, node: SyntaxNode | undefined, scope: Scope): Builder | undefined {
  if (node?.type === 'unary_expression') return builderOf(context, node.child('operand'), scope);
  if (node?.type !== 'identifier') return undefined;
  const binding = scope.lookup(textOf(context, node));
  if (binding === undefined || context.facts.get(binding)?.isBuilder !== true) return undefined;
  return { node, binding };
}

function lowerWriter(
  context: GoContext,
  node: SyntaxNode,
  name: string,
  written: readonly SyntaxNode[],
  scope: Scope,
): Value | undefined {
  if (!/^(?:fmt\.Fprint(?:f|ln)?|io\.WriteString)$/.test(name)) return undefined;
  const [into, ...rest] = written;
  const builder = builderOf(context, into, scope);
  if (builder === undefined) return undefined;
  const values = rest.map(argument => context.value(argument, scope));
  const [format, ...args] = values;
  let parts = values;
  if (name === 'fmt.Fprintf' && format?.kind === 'constant' && typeof format.value === 'string') {
    parts = formatParts(format.value, args, node);
  }
  if (name === 'fmt.Fprintln') parts = [...joinParts(values, constant(node, ' ')), constant(node, '\n')];
  return appended(node, builder, { kind: 'text', node, parts });
}

function appended(node: SyntaxNode, builder: Builder, value: Value): BlockValue {
  return assigned(node, builder, value, '+=');
}

function assigned(
  node: SyntaxNode,
  { node: at, binding }: Builder,
  value: Value,
  operator: string,
): BlockValue {
  const write: Statement = {
    kind: 'assign',
    node,
    target: { kind: 'binding', node: at, binding },
    value,
    operator,
  };
  return { kind: 'block', node, body: [write], value: undefined };
}
