import { decodeEscape, decodeNumber } from '../syntax/literal.ts';
import type { SyntaxNode } from '../syntax/node.ts';

/** A value that is known before the program runs. */
export type Constant = string | number | boolean | null;

/** Longest string that is put together; a hostile file could otherwise double one forever. */
const MAX_LENGTH = 100_000;

/** What the evaluator needs to know about the rest of the file. */
export interface ConstantContext {
  textOf(node: SyntaxNode): string;
  nameOf(node: SyntaxNode): string;
  constantOf(node: SyntaxNode): Constant | undefined;
  pathOf(node: SyntaxNode): string | undefined;
  onlyValueOf(identifier: SyntaxNode): SyntaxNode | undefined;
  memberValue(object: SyntaxNode, property: string): SyntaxNode | undefined;
}

/** Evaluates literals, concatenation, templates, single-assignment names and a few pure string functions. */
export function evaluate(node: SyntaxNode, context: ConstantContext): Constant | undefined {
  switch (node.type) {
    case 'string':
      return stringValue(node, context);
    case 'string_fragment':
      return context.textOf(node);
    case 'escape_sequence':
      return decodeEscape(context.textOf(node));
    case 'template_string':
      return templateValue(node, context);
    case 'number':
      return decodeNumber(context.textOf(node));
    case 'true':
      return true;
    case 'false':
      return false;
    case 'null':
      return null;
    case 'identifier': {
      const value = context.onlyValueOf(node);
      return value && context.constantOf(value);
    }
    case 'member_expression': {
      const object = node.child('object');
      const property = node.child('property');
      if (!object || !property) return undefined;
      if (context.pathOf(node) === 'module:path.sep') return '/';
      const value = context.memberValue(object, context.nameOf(property));
      return value && context.constantOf(value);
    }
    case 'binary_expression':
      return node.child('operator')?.type === '+' ? sumOf(node, context) : undefined;
    case 'parenthesized_expression':
    case 'as_expression':
    case 'satisfies_expression':
    case 'non_null_expression':
      return node.inner && context.constantOf(node.inner);
    case 'call_expression':
      return callValue(node, context);
    default:
      return undefined;
  }
}

/** A property key as text, for identifiers, strings, numbers and constant computed names. */
export function keyText(node: SyntaxNode, context: ConstantContext): string | undefined {
  if (node.type === 'computed_property_name') {
    const value = node.inner && context.constantOf(node.inner);
    return value === undefined ? undefined : String(value);
  }
  if (node.type === 'string' || node.type === 'number' || node.type === 'template_string') {
    const value = evaluate(node, context);
    return value === undefined ? undefined : String(value);
  }
  return context.nameOf(node);
}

function stringValue(node: SyntaxNode, context: ConstantContext): string {
  let value = '';
  for (const part of node.children) {
    const text = context.textOf(part);
    value += part.type === 'escape_sequence' ? decodeEscape(text) : text;
  }
  return value;
}

function templateValue(node: SyntaxNode, context: ConstantContext): string | undefined {
  let value = '';
  for (const part of node.children) {
    if (part.type === 'template_substitution') {
      const inner = part.inner && context.constantOf(part.inner);
      if (inner === undefined) return undefined;
      value += String(inner);
    } else {
      const text = context.textOf(part);
      value += part.type === 'escape_sequence' ? decodeEscape(text) : text;
    }
    if (value.length > MAX_LENGTH) return undefined;
  }
  return value;
}

/** The operands of a chain of additions, left to right; long chains nest to the left, so this is a loop. */
export function operandsOfSum(node: SyntaxNode): SyntaxNode[] {
  const operands: SyntaxNode[] = [];
  let at: SyntaxNode | undefined = node;
  while (at?.type === 'binary_expression' && at.child('operator')?.type === '+') {
    const right = at.child('right');
    if (right) operands.push(right);
    at = at.child('left');
  }
  if (at) operands.push(at);
  return operands.reverse();
}

function sumOf(node: SyntaxNode, context: ConstantContext): Constant | undefined {
  let total: Constant | undefined;
  for (const operand of operandsOfSum(node)) {
    const value = context.constantOf(operand);
    if (value === undefined) return undefined;
    if (total === undefined) total = value;
    else if (typeof total === 'number' && typeof value === 'number') total += value;
    else total = `${total}${value}`;
    if (typeof total === 'string' && total.length > MAX_LENGTH) return undefined;
  }
  return total;
}

/** `['a', 'b'].join('')`, `String.fromCharCode(…)`, `'x'.concat(…)`, `atob('…')`: the usual ways to hide a name. */
function callValue(node: SyntaxNode, context: ConstantContext): Constant | undefined {
  const callee = node.child('function');
  if (!callee) return undefined;
  const values = (node.child('arguments')?.children ?? []).map(argument => context.constantOf(argument));
  const path = context.pathOf(callee);
  if (path === 'global.String.fromCharCode') {
    if (!values.every(value => typeof value === 'number')) return undefined;
    return values.length < 10_000 ? String.fromCharCode(...values) : undefined;
  }
  if (path === 'global.atob') {
    const [encoded] = values;
    return typeof encoded === 'string' && /^[\w+/]*=*$/.test(encoded) ? tryDecode(encoded) : undefined;
  }
  const object = callee.child('object');
  const property = callee.child('property');
  const method = property && context.nameOf(property);
  if (!object || (method !== 'join' && method !== 'concat' && method !== 'toString')) return undefined;
  if (method === 'join' && object.type === 'array') {
    const parts = object.children.map(child => context.constantOf(child));
    const separator = values.length === 0 ? ',' : values[0];
    if (typeof separator !== 'string' || parts.includes(undefined)) return undefined;
    const joined = parts.join(separator);
    return joined.length > MAX_LENGTH ? undefined : joined;
  }
  const text = context.constantOf(object);
  if (typeof text !== 'string') return undefined;
  if (method === 'toString') return text;
  if (method !== 'concat' || values.includes(undefined)) return undefined;
  const joined = text.concat(...values.map(String));
  return joined.length > MAX_LENGTH ? undefined : joined;
}

function tryDecode(encoded: string): string | undefined {
  try {
    return atob(encoded);
  } catch {
    return undefined;
  }
}
