import type { Scope, Target, Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { lowerCall, lowerConversion } from './calls.ts';
import { lowerComposite } from './composites.ts';
import { codeIn, type GoContext, MAX_DEPTH, opaque, reference, textOf } from './context.ts';
import { constant, lowerLiteral } from './literals.ts';
import { isText } from './texts.ts';

/** An expression; a missing one is opaque. */
export function lowerExpression(context: GoContext, node: SyntaxNode, scope: Scope): Value {
  if (context.depth >= MAX_DEPTH) return opaque(node);
  context.depth++;
  try {
    return lowerNode(context, node, scope);
  } finally {
    context.depth--;
  }
}

/** Where an assignment to an expression goes; `undefined` for `_` and for what cannot be assigned to. */
export function lowerTarget(context: GoContext, node: SyntaxNode, scope: Scope): Target | undefined {
  switch (node.type) {
    case 'identifier': {
      const name = textOf(context, node);
      // What another file of the package declares is written to under a binding of its own here.
      const binding = scope.lookup(name) ?? undeclared(name, scope);
      return name === '_' ? undefined : { kind: 'binding', node, binding };
    }
    case 'selector_expression': {
      const field = node.child('field');
      if (field === undefined) return undefined;
      const object = context.value(node.child('operand'), scope);
      return { kind: 'member', node, object, key: textOf(context, field) };
    }
    case 'index_expression': {
      const object = context.value(node.child('operand'), scope);
      return { kind: 'index', node, object, key: context.value(node.child('index'), scope) };
    }
    case 'unary_expression':
    case 'parenthesized_expression': {
      const inside = node.child('operand') ?? node.inner;
      return inside === undefined ? undefined : lowerTarget(context, inside, scope);
    }
    default:
      return undefined;
  }
}

function undeclared(name: string, scope: Scope): ReturnType<Scope['declare']> {
  let outermost = scope;
  while (outermost.parent !== undefined) outermost = outermost.parent;
  return outermost.declare(name, undefined);
}

function lowerNode(context: GoContext, node: SyntaxNode, scope: Scope): Value {
  switch (node.type) {
    case 'identifier':
    case 'package_identifier':
    case 'type_identifier':
      return lowerName(context, node, scope);
    case 'interpreted_string_literal':
    case 'raw_string_literal':
    case 'rune_literal':
    case 'int_literal':
    case 'float_literal':
    case 'imaginary_literal':
    case 'true':
    case 'false':
    case 'nil':
      return lowerLiteral(context, node);
    case 'iota':
      return constant(node, context.iota);
    case 'selector_expression': {
      const field = node.child('field');
      const object = context.value(node.child('operand'), scope);
      return field === undefined ? object : { kind: 'member', node, object, key: textOf(context, field) };
    }
    case 'call_expression':
      return lowerCall(context, node, scope);
    case 'type_conversion_expression':
      return lowerConversion(context, node, scope);
    case 'type_instantiation_expression':
    case 'generic_type':
      return context.value(node.child('type') ?? node.inner, scope);
    case 'composite_literal':
      return lowerComposite(context, node, scope);
    case 'func_literal':
      return { kind: 'function', node, function: context.function(node, scope, undefined) };
    case 'index_expression': {
      const object = context.value(node.child('operand'), scope);
      return { kind: 'index', node, object, key: context.value(node.child('index'), scope) };
    }
    case 'slice_expression':
      return { kind: 'index', node, object: context.value(node.child('operand'), scope), key: undefined };
    case 'type_assertion_expression':
      return context.value(node.child('operand'), scope);
    case 'parenthesized_expression':
    case 'literal_element':
    case 'variadic_argument':
      return context.value(node.inner, scope);
    case 'unary_expression':
      return lowerUnary(context, node, scope);
    case 'binary_expression':
      return lowerBinary(context, node, scope);
    default:
      return opaque(
        node,
        codeIn(node).map(child => context.value(child, scope)),
      );
  }
}

function lowerName(context: GoContext, node: SyntaxNode, scope: Scope): Value {
  const value = reference(node, textOf(context, node), scope);
  const facts = value.binding && context.facts.get(value.binding);
  return facts?.isReceiver === true ? { kind: 'self', node } : value;
}

function lowerUnary(context: GoContext, node: SyntaxNode, scope: Scope): Value {
  const sign = node.child('operator');
  const operator = sign === undefined ? '' : textOf(context, sign);
  const operand = context.value(node.child('operand'), scope);
  // An address or its target is the same thing here.
  if (operator === '&' || operator === '*' || operator === '+' || operator === '') return operand;
  if (operator === '-' && operand.kind === 'constant' && typeof operand.value === 'number') {
    return constant(node, -operand.value);
  }
  return { kind: 'unary', node, operator: operator === '^' ? '~' : operator, operand };
}

function lowerBinary(context: GoContext, node: SyntaxNode, scope: Scope): Value {
  // A long sum leans to the left: it is taken apart in a loop, however deep it is.
  const links: { readonly node: SyntaxNode; readonly operator: string; readonly right: Value }[] = [];
  const rights: SyntaxNode[] = [];
  let left: SyntaxNode | undefined = node;
  const chain: SyntaxNode[] = [];
  while (left?.type === 'binary_expression') {
    chain.push(left);
    rights.push(left.child('right') ?? left);
    left = left.child('left');
  }
  let result = context.value(left, scope);
  for (let i = chain.length - 1; i >= 0; i--) {
    const link = chain[i];
    const right = rights[i];
    if (link === undefined || right === undefined) continue;
    const sign = link.child('operator');
    const operator = sign === undefined ? '' : textOf(context, sign);
    links.push({ node: link, operator, right: right === link ? opaque(link) : context.value(right, scope) });
  }
  for (let i = 0; i < links.length; ) {
    // Operands of one sum have one type: one text among them says what all are.
    let end = i;
    while (links[end]?.operator === '+') end++;
    const sum = links.slice(i, Math.max(end, i + 1));
    const last = sum.at(-1);
    if (last === undefined) break;
    const parts = [result, ...sum.map(({ right }) => right)];
    if (end > i && parts.some(isText)) result = { kind: 'text', node: last.node, parts };
    else if (sum.length > MAX_DEPTH) result = opaque(last.node, parts);
    else {
      for (const link of sum) {
        result = {
          kind: 'binary',
          node: link.node,
          operator: link.operator,
          left: result,
          right: link.right,
        };
      }
    }
    i += sum.length;
  }
  return result;
}
