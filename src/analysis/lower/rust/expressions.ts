import type { Statement, Target, Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { callValue } from './calls.ts';
import { conditionValue } from './conditions.ts';
import { fresh, innerOf, opaque, type Place, partsOf, type RustFile, useOf } from './file.ts';
import { closureIr } from './functions.ts';
import { literal } from './literals.ts';
import { macroValue } from './macros.ts';
import { pathValue } from './path-values.ts';
import { isText } from './texts.ts';

/** Deeper than anybody writes; what is below becomes opaque. */
const MAX_DEPTH = 300;

const NUMBER_TYPES = /^(?:[iu](?:8|16|32|64|128|size)|f32|f64|bool|char|c_int|c_uint|c_long|size_t)$/;

/** An expression of any kind. */
export function expressionValue(node: SyntaxNode, file: RustFile, outer: Place): Value {
  if (outer.depth > MAX_DEPTH) return opaque(node);
  const place = { ...outer, depth: outer.depth + 1 };
  switch (node.type) {
    case 'identifier':
    case 'scoped_identifier':
    case 'type_identifier':
    case 'scoped_type_identifier':
    case 'shorthand_field_identifier':
      return pathValue(node, file, place);
    case 'self':
      return { kind: 'self', node };
    case 'field_expression':
      return memberValue(node, file, place);
    case 'index_expression':
      return indexValue(node, file, place);
    case 'call_expression':
      return callValue(node, file, place);
    case 'macro_invocation':
      return macroValue(node, file, place);
    case 'reference_expression':
    case 'generic_function':
      return through(node.child('value') ?? node.child('function'), node, file, place);
    case 'try_expression':
    case 'await_expression':
    case 'parenthesized_expression':
      return through(innerOf(node), node, file, place);
    case 'unary_expression':
      return unaryValue(node, file, place);
    case 'type_cast_expression':
      return castValue(node, file, place);
    case 'binary_expression':
      return binaryValue(node, file, place);
    case 'assignment_expression':
    case 'compound_assignment_expr':
      return assignValue(node, file, place);
    case 'tuple_expression':
    case 'array_expression':
      return listValue(node, file, place);
    case 'struct_expression':
      return structValue(node, file, place);
    case 'closure_expression':
      return { kind: 'function', node, function: closureIr(node, file, place) };
    case 'let_condition':
    case 'let_chain':
      return conditionValue(node, file, place);
    case 'if_expression':
    case 'match_expression':
    case 'loop_expression':
    case 'while_expression':
    case 'for_expression':
    case 'block':
    case 'unsafe_block':
    case 'async_block':
    case 'const_block':
    case 'try_block':
    case 'gen_block':
    case 'return_expression':
    case 'break_expression':
    case 'continue_expression':
      return statementsAsValue(node, file, place);
    default:
      return (
        literal(node, file) ??
        opaque(
          node,
          partsOf(node).map(part => file.expression(part, place)),
        )
      );
  }
}

function through(inner: SyntaxNode | undefined, node: SyntaxNode, file: RustFile, place: Place): Value {
  return inner === undefined ? opaque(node) : file.expression(inner, place);
}

/** Statements leave their value in a variable made for it, so that whatever ends them early is seen as a branch. */
function statementsAsValue(node: SyntaxNode, file: RustFile, place: Place): Value {
  const result = fresh(node);
  const body: Statement[] = file.statements(node, place, result);
  const last = body.at(-1);
  if (last?.kind === 'assign' && last.target.kind === 'binding' && last.target.binding === result) {
    if (body.length === 1 && last.value !== undefined) return last.value;
    return { kind: 'block', node, body: body.slice(0, -1), value: last.value };
  }
  return { kind: 'block', node, body, value: useOf(result, node) };
}

function memberValue(node: SyntaxNode, file: RustFile, place: Place): Value {
  const object = node.child('value');
  const field = node.child('field');
  if (object === undefined || field === undefined) return opaque(node);
  return { kind: 'member', node, object: file.expression(object, place), key: file.textOf(field) };
}

function indexValue(node: SyntaxNode, file: RustFile, place: Place): Value {
  const [object, key] = partsOf(node);
  if (object === undefined) return opaque(node);
  const isSlice = key === undefined || key.type === 'range_expression';
  return {
    kind: 'index',
    node,
    object: file.expression(object, place),
    key: isSlice ? undefined : file.expression(key, place),
  };
}

function unaryValue(node: SyntaxNode, file: RustFile, place: Place): Value {
  const inner = innerOf(node);
  if (inner === undefined) return opaque(node);
  const operand = file.expression(inner, place);
  const operator = file.text.charAt(node.start);
  // What a reference leads to is the value itself.
  return operator === '*' ? operand : { kind: 'unary', node, operator, operand };
}

function castValue(node: SyntaxNode, file: RustFile, place: Place): Value {
  const inner = node.child('value');
  const type = node.child('type');
  if (inner === undefined) return opaque(node);
  const value = file.expression(inner, place);
  const isNumber = type !== undefined && NUMBER_TYPES.test(file.textOf(type));
  return isNumber && value.kind !== 'constant'
    ? { kind: 'unary', node, operator: '+', operand: value }
    : value;
}

function binaryValue(node: SyntaxNode, file: RustFile, place: Place): Value {
  // Long sums lean to the left: they are gone through in a loop.
  const right: SyntaxNode[] = [];
  let left: SyntaxNode = node;
  for (;;) {
    const next = left.child('left');
    const operand = left.child('right');
    if (left.type !== 'binary_expression' || operatorOf(left, file) !== '+' || !next || !operand) break;
    right.push(operand);
    left = next;
  }
  if (right.length === 0) {
    const [first, second] = [node.child('left'), node.child('right')];
    if (first === undefined || second === undefined) return opaque(node);
    return {
      kind: 'binary',
      node,
      operator: operatorOf(node, file),
      left: file.expression(first, place),
      right: file.expression(second, place),
    };
  }
  const operands = [left, ...right.reverse()].map(operand => file.expression(operand, place));
  if (operands.some(isText)) {
    return {
      kind: 'text',
      node,
      parts: operands.flatMap(part => (part.kind === 'text' && part.tag === undefined ? part.parts : [part])),
    };
  }
  if (operands.length > MAX_DEPTH) return opaque(node, operands);
  return operands.reduce((sum, operand) => ({
    kind: 'binary',
    node,
    operator: '+',
    left: sum,
    right: operand,
  }));
}

function operatorOf(node: SyntaxNode, file: RustFile): string {
  const operator = node.child('operator');
  return operator === undefined ? '' : file.textOf(operator);
}

function listValue(node: SyntaxNode, file: RustFile, place: Place): Value {
  const parts = partsOf(node).filter(({ type, field }) => field !== 'length' && type !== 'attribute_item');
  return { kind: 'list', node, items: parts.map(part => ({ value: file.expression(part, place) })) };
}

function structValue(node: SyntaxNode, file: RustFile, place: Place): Value {
  const name = node.child('name');
  const body = node.child('body');
  if (name === undefined || body === undefined) return opaque(node);
  const entries: { key: string | undefined; value: Value }[] = [];
  for (const part of partsOf(body)) {
    const field = part.child('field');
    const inner = part.child('value') ?? partsOf(part).at(-1);
    if (inner === undefined) continue;
    const value = file.expression(inner, place);
    if (part.type === 'field_initializer' && field) entries.push({ key: file.textOf(field), value });
    else if (part.type === 'shorthand_field_initializer') entries.push({ key: file.textOf(inner), value });
    else if (part.type === 'base_field_initializer') entries.push({ key: undefined, value });
  }
  // What is spelled out counts before what the base has.
  entries.sort((a, b) => Number(a.key !== undefined) - Number(b.key !== undefined));
  const type = name.type === 'generic_type_with_turbofish' ? (name.child('type') ?? name) : name;
  return {
    kind: 'call',
    node,
    callee: pathValue(type, file, place),
    args: [{ value: { kind: 'record', node: body, entries } }],
    isNew: true,
  };
}

function assignValue(node: SyntaxNode, file: RustFile, place: Place): Value {
  const left = node.child('left');
  const right = node.child('right');
  if (left === undefined || right === undefined) return opaque(node);
  const value = file.expression(right, place);
  const target = assignTarget(left, file, place);
  const operator = node.type === 'compound_assignment_expr' ? operatorOf(node, file) : '=';
  return target === undefined ? value : { kind: 'assign', node, target, value, operator };
}

/** Where an assignment to an expression goes; `undefined` for `_` and what cannot be written to. */
export function assignTarget(node: SyntaxNode, file: RustFile, place: Place): Target | undefined {
  if (node.type === 'tuple_expression') {
    const entries = partsOf(node).flatMap((part, key) => {
      const target = assignTarget(part, file, place);
      return target === undefined ? [] : [{ key, target }];
    });
    return { kind: 'pattern', node, entries };
  }
  const value = file.expression(node, place);
  switch (value.kind) {
    case 'reference':
      return value.binding && { kind: 'binding', node, binding: value.binding };
    case 'member':
      return { kind: 'member', node, object: value.object, key: value.key };
    case 'index':
      return { kind: 'index', node, object: value.object, key: value.key };
    default:
      return undefined;
  }
}
