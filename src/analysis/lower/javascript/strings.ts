import type { TextValue, Value } from '../../ir/index.ts';
import { decodeEscape } from '../../syntax/literal.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { type Context, MAX_DEPTH } from './context.ts';

/** Operands of one sum without text that are taken as a nested sum; more become a flat heap of parts. */
const MAX_OPERANDS = 100;

/** The value of a string literal, its escapes decoded. */
export function decodeString(node: SyntaxNode, cx: Context): string {
  const { children } = node;
  const [only] = children;
  if (children.length === 1 && only?.type === 'string_fragment') return cx.textOf(only);
  let value = '';
  for (const part of children) value += decodePart(part, cx);
  return value;
}

function decodePart(part: SyntaxNode, cx: Context): string {
  const text = cx.textOf(part);
  if (part.type === 'escape_sequence') return decodeEscape(text);
  return part.type === 'html_character_reference' ? decodeReference(text) : text;
}

const REFERENCES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
};

function decodeReference(text: string): string {
  return REFERENCES[text] ?? text;
}

/** A string literal. */
export function lowerString(node: SyntaxNode, cx: Context): Value {
  return literal(node, decodeString(node, cx), cx);
}

/** A template string; one without holes is a constant. */
export function lowerTemplate(node: SyntaxNode, cx: Context, tag?: Value): Value {
  const parts: Value[] = [];
  let text = '';
  let first = node;
  const flush = (): void => {
    if (text !== '') parts.push(literal(first, text, cx));
    text = '';
  };
  for (const part of node.children) {
    if (part.type === 'template_substitution') {
      flush();
      parts.push(cx.value(part.inner, part));
    } else {
      if (text === '') first = part;
      text += decodePart(part, cx);
    }
  }
  if (parts.length === 0 && tag === undefined) return literal(node, text, cx);
  flush();
  const value: TextValue = { kind: 'text', node, parts };
  return tag === undefined ? fold(value, cx) : { ...value, tag };
}

function literal(node: SyntaxNode, value: string, cx: Context): Value {
  if (value !== '') cx.texts.push({ node, value });
  return { kind: 'constant', node, value };
}

/** `a + b + c`: text when one of the operands certainly is, an ordinary sum otherwise. */
export function lowerSum(node: SyntaxNode, cx: Context): Value {
  const operands = operandsOf(node);
  const values = operands.map(operand => cx.value(operand, node));
  const text = values.findIndex(isText);
  if (text < 0) {
    if (values.length > MAX_OPERANDS) return { kind: 'opaque', node, parts: values };
    return chain(node, values);
  }
  // Numbers that stand before the first text are added up: `1 + 2 + 'a'` is `3a`.
  const head = values.slice(0, text);
  const added =
    head.length > 1 && head.length < MAX_OPERANDS && head.some(isNumber) ? [chain(node, head)] : head;
  return fold({ kind: 'text', node, parts: [...added, ...values.slice(text)] }, cx);
}

function operandsOf(node: SyntaxNode): SyntaxNode[] {
  const operands: SyntaxNode[] = [];
  let at: SyntaxNode | undefined = node;
  // Long chains nest to the left, so this is a loop. Parentheses around the left part change nothing when it is text.
  while (at?.type === 'binary_expression' && at.child('operator')?.type === '+') {
    const right: SyntaxNode | undefined = at.child('right');
    if (right) operands.push(right);
    at = at.child('left');
  }
  if (at) operands.push(at);
  return operands.reverse();
}

function chain(node: SyntaxNode, values: readonly Value[]): Value {
  const [first, ...others] = values;
  if (first === undefined) return { kind: 'opaque', node, parts: [] };
  return others.reduce<Value>((left, right) => ({ kind: 'binary', node, operator: '+', left, right }), first);
}

function isText(value: Value): boolean {
  return value.kind === 'text' || (value.kind === 'constant' && typeof value.value === 'string');
}

function isNumber(value: Value): boolean {
  return value.kind === 'constant' && typeof value.value !== 'string';
}

/** Nested text is taken in, neighbouring constants become one, and text without a hole is a constant. */
function fold(value: TextValue, cx: Context): Value {
  const parts: Value[] = [];
  const add = (part: Value): void => {
    if (part.kind === 'text' && part.tag === undefined) {
      for (const inner of part.parts) add(inner);
      return;
    }
    const before = parts.at(-1);
    const text = part.kind === 'constant' ? String(part.value) : undefined;
    if (text !== undefined && before?.kind === 'constant' && String(before.value).length < 100_000) {
      parts[parts.length - 1] = { kind: 'constant', node: before.node, value: String(before.value) + text };
    } else {
      parts.push(text === undefined ? part : { kind: 'constant', node: part.node, value: text });
    }
  };
  for (const part of value.parts) add(part);
  const [only] = parts;
  if (parts.length === 1 && only?.kind === 'constant' && typeof only.value === 'string') {
    cx.texts.push({ node: value.node, value: only.value });
    return { ...only, node: value.node };
  }
  return parts.length > MAX_DEPTH * 20 ? { kind: 'opaque', node: value.node, parts } : { ...value, parts };
}
