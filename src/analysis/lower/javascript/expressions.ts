import type { ListValue, RecordValue, Value } from '../../ir/index.ts';
import { decodeName, decodeNumber } from '../../syntax/literal.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { lowerCall } from './calls.ts';
import { type Context, MAX_DEPTH, type Placement } from './context.ts';
import { keyOf } from './keys.ts';
import { lowerAssignment, lowerBinary, lowerUnary, lowerUpdate } from './operators.ts';
import { forEachElement } from './patterns.ts';
import { globalReference, reference } from './references.ts';
import { lowerString, lowerSum, lowerTemplate } from './strings.ts';

/** An expression. `placement` reaches the function, class or object that it is. */
export function lowerValue(node: SyntaxNode, cx: Context, placement: Placement = {}): Value {
  if (cx.depth > MAX_DEPTH) return { kind: 'opaque', node, parts: [] };
  cx.depth++;
  try {
    return expression(node, cx, placement);
  } finally {
    cx.depth--;
  }
}

function expression(node: SyntaxNode, cx: Context, placement: Placement): Value {
  switch (node.type) {
    case 'identifier':
    case 'shorthand_property_identifier':
    case 'property_identifier':
    case 'type_identifier': {
      const name = decodeName(cx.textOf(node));
      return name === 'undefined' ? { kind: 'constant', node, value: undefined } : reference(node, name, cx);
    }
    case 'string':
      return lowerString(node, cx);
    case 'template_string':
      return lowerTemplate(node, cx);
    case 'number':
      return lowerNumber(node, cx);
    case 'true':
      return { kind: 'constant', node, value: true };
    case 'false':
      return { kind: 'constant', node, value: false };
    case 'null':
      return { kind: 'constant', node, value: null };
    case 'undefined':
      return { kind: 'constant', node, value: undefined };
    case 'regex':
      return lowerRegex(node, cx);
    case 'this':
      return { kind: 'self', node };
    case 'super':
      return { kind: 'self', node, isSuper: true };
    case 'meta_property':
      return globalReference(node, cx.textOf(node).replace(/\s+/g, ''));
    case 'import':
      return globalReference(node, 'import');
    case 'member_expression':
    case 'subscript_expression':
      return lowerMember(node, cx);
    case 'call_expression':
    case 'new_expression':
      return lowerCall(node, cx);
    case 'parenthesized_expression':
    case 'await_expression':
    case 'yield_expression':
    case 'as_expression':
    case 'satisfies_expression':
    case 'non_null_expression':
    case 'instantiation_expression':
    case 'expression_statement':
    case 'spread_element':
      // The value stays the same; what a generator yields comes back as what it stands for.
      return node.inner ? cx.parts.value(node.inner, cx, placement) : { kind: 'opaque', node, parts: [] };
    case 'type_assertion': {
      const last = node.children.at(-1);
      return cx.value(last, node, placement);
    }
    case 'array':
      return lowerArray(node, cx);
    case 'object':
      return lowerObject(node, cx, placement);
    case 'function_expression':
    case 'generator_function':
    case 'arrow_function':
    case 'function_declaration':
    case 'generator_function_declaration':
      return { kind: 'function', node, function: cx.parts.function(node, cx, placement) };
    case 'class':
    case 'class_declaration':
    case 'abstract_class_declaration':
      return { kind: 'class', node, class: cx.parts.class(node, cx, placement) };
    case 'binary_expression':
      return node.child('operator')?.type === '+' ? lowerSum(node, cx) : lowerBinary(node, cx);
    case 'ternary_expression': {
      const test = cx.value(node.child('condition'), node);
      const options = [
        cx.value(node.child('consequence'), node, placement),
        cx.value(node.child('alternative'), node, placement),
      ];
      return { kind: 'choice', node, test, options };
    }
    case 'unary_expression':
      return lowerUnary(node, cx);
    case 'update_expression':
      return lowerUpdate(node, cx);
    case 'assignment_expression':
    case 'augmented_assignment_expression':
      return lowerAssignment(node, cx);
    case 'sequence_expression':
      return lowerSequence(node, cx);
    case 'jsx_element':
    case 'jsx_self_closing_element':
    case 'jsx_fragment':
      return cx.parts.element(node, cx);
    default:
      return { kind: 'opaque', node, parts: partsOf(node, cx) };
  }
}

/** What a broken or unknown node holds. Types hold nothing. */
function partsOf(node: SyntaxNode, cx: Context): Value[] {
  if (/type|annotation|comment|statement$|declaration$|fragment/.test(node.type)) return [];
  return node.children.filter(child => child.type !== 'comment').map(child => cx.value(child, child));
}

function lowerNumber(node: SyntaxNode, cx: Context): Value {
  const text = cx.textOf(node);
  if (/^[\d_]+n$/.test(text)) {
    return { kind: 'constant', node, value: BigInt(text.slice(0, -1).replaceAll('_', '')) };
  }
  const value = decodeNumber(text);
  return value === undefined ? { kind: 'opaque', node, parts: [] } : { kind: 'constant', node, value };
}

/** A regular expression is what `new RegExp` would make of its text. */
function lowerRegex(node: SyntaxNode, cx: Context): Value {
  const pattern = node.child('pattern') ?? node;
  const flags = node.child('flags');
  const args: Value[] = [{ kind: 'constant', node: pattern, value: cx.textOf(pattern) }];
  if (flags) args.push({ kind: 'constant', node: flags, value: cx.textOf(flags) });
  return {
    kind: 'call',
    node,
    callee: globalReference(node, 'RegExp'),
    args: args.map(value => ({ value })),
    isNew: true,
  };
}

function lowerMember(node: SyntaxNode, cx: Context): Value {
  const object = cx.value(node.child('object'), node);
  const property = node.child('property');
  if (property) return { kind: 'member', node, object, key: decodeName(cx.textOf(property)) };
  const index = node.child('index');
  const key = index && cx.value(index, index);
  if (key?.kind === 'constant' && typeof key.value === 'string') {
    return { kind: 'member', node, object, key: key.value };
  }
  return { kind: 'index', node, object, key };
}

function lowerArray(node: SyntaxNode, cx: Context): Value {
  const items: ListValue['items'][number][] = [];
  forEachElement(node, cx, (child, index) => {
    // Holes are filled up, so that positions stay right; a hostile row of commas is not.
    while (items.length < index && index < 1_000) {
      items.push({ value: { kind: 'constant', node, value: undefined } });
    }
    if (child.type === 'spread_element') items.push({ value: cx.value(child.inner, child), spread: true });
    else items.push({ value: cx.value(child, child) });
  });
  return { kind: 'list', node, items };
}

function lowerObject(node: SyntaxNode, cx: Context, placement: Placement): Value {
  const entries: RecordValue['entries'][number][] = [];
  for (const child of node.children) {
    switch (child.type) {
      case 'shorthand_property_identifier':
        entries.push({ key: decodeName(cx.textOf(child)), value: cx.value(child, child) });
        break;
      case 'pair': {
        const key = child.child('key');
        if (key === undefined) break;
        const known = keyOf(key, cx);
        const name = typeof known === 'string' ? known : undefined;
        const value = cx.value(child.child('value'), child, { name, isPublic: placement.isPublic });
        entries.push({ key: known, value });
        break;
      }
      case 'method_definition': {
        const key = child.child('name');
        if (key === undefined) break;
        const known = keyOf(key, cx);
        const name = typeof known === 'string' ? known : undefined;
        const made = cx.parts.function(child, cx, { name, isPublic: placement.isPublic });
        entries.push({ key: known, value: { kind: 'function', node: child, function: made } });
        break;
      }
      case 'spread_element':
        entries.push({ key: undefined, value: cx.value(child.inner, child) });
        break;
      default:
        break;
    }
  }
  return { kind: 'record', node, entries };
}

function lowerSequence(node: SyntaxNode, cx: Context): Value {
  const values = node.children.filter(child => child.type !== 'comment').map(child => cx.value(child, child));
  const value = values.pop();
  return {
    kind: 'block',
    node,
    body: values.map(one => ({ kind: 'expression', value: one })),
    value,
  };
}
