import type { Primitive, Value } from '../../ir/index.ts';
import { decodeEscape } from '../../syntax/literal.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { Context } from './context.ts';

/** A string, bytes or f-string literal. */
export function lowerString(node: SyntaxNode, context: Context): Value {
  const start = node.children[0];
  const prefix = start === undefined ? '' : context.textOf(start).toLowerCase();
  const isRaw = prefix.includes('r');
  const parts: Value[] = [];
  for (const child of node.children) {
    if (child.type === 'string_content') {
      const value = isRaw ? context.textOf(child) : decodeContent(child, context);
      if (value !== '') context.texts.push({ node, value });
      parts.push({ kind: 'constant', node, value });
    } else if (child.type === 'interpolation') addInterpolation(child, context, parts);
  }
  return textOf(node, parts);
}

/** Literals written side by side. */
export function lowerConcatenated(node: SyntaxNode, context: Context): Value {
  const parts = node.children
    .filter(child => child.type !== 'comment')
    .map(child => context.value(child, node));
  return textOf(node, parts);
}

/** Text of parts one after another, flat and with neighbouring constants joined; constant when all of it is. */
export function textOf(node: SyntaxNode, parts: readonly Value[]): Value {
  const flat: Value[] = [];
  const add = (part: Value): void => {
    if (part.kind === 'text' && part.tag === undefined) {
      for (const inner of part.parts) add(inner);
      return;
    }
    if (part.kind === 'constant' && part.value === '') return;
    const last = flat.at(-1);
    if (part.kind === 'constant' && last?.kind === 'constant') {
      flat[flat.length - 1] = { ...last, value: written(last.value) + written(part.value) };
    } else flat.push(part);
  };
  for (const part of parts) add(part);
  const [only, more] = flat;
  if (only === undefined) return { kind: 'constant', node, value: '' };
  if (more === undefined && only.kind === 'constant')
    return { kind: 'constant', node, value: written(only.value) };
  return { kind: 'text', node, parts: flat };
}

/** Whether a value is certainly text: a literal or something put together of one. */
export function isText(value: Value): boolean {
  return value.kind === 'text' || (value.kind === 'constant' && typeof value.value === 'string');
}

/** A value that is printed as a number and nothing else. */
export function asNumber(value: Value): Value {
  const callee: Value = { kind: 'reference', node: value.node, name: 'int', binding: undefined };
  return { kind: 'call', node: value.node, callee, args: [{ value }], isNew: false };
}

function addInterpolation(node: SyntaxNode, context: Context, parts: Value[]): void {
  const expression = node.child('expression') ?? node.inner;
  if (expression === undefined) return;
  const specifier = node.child('format_specifier');
  // `f"{name=}"` prints the expression before its value.
  const after = context.text.slice(expression.end, specifier?.start ?? node.end);
  if (/^\s*=/.test(after)) {
    parts.push({ kind: 'constant', node: expression, value: `${context.textOf(expression)}=` });
  }
  const value = context.value(expression, node);
  const isNumber = specifier !== undefined && /[bcdeEfFgGnoxX%]$/.test(context.textOf(specifier));
  parts.push(isNumber ? asNumber(value) : value);
  for (const child of specifier?.children ?? []) {
    if (child.type === 'format_expression') addInterpolation(child, context, parts);
  }
}

function decodeContent(node: SyntaxNode, context: Context): string {
  if (node.children.length === 0) return context.textOf(node);
  let decoded = '';
  let from = node.start;
  for (const child of node.children) {
    decoded += context.text.slice(from, child.start);
    const written = context.textOf(child);
    if (child.type === 'escape_interpolation') decoded += written.charAt(0);
    else if (child.type === 'escape_sequence') decoded += decodePython(written);
    else decoded += written;
    from = child.end;
  }
  return decoded + context.text.slice(from, node.end);
}

function decodePython(sequence: string): string {
  const wide = /^\\U([0-9a-f]{8})$/i.exec(sequence)?.[1];
  if (wide !== undefined) {
    const code = Number.parseInt(wide, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  }
  if (sequence.startsWith('\\N')) return '\ufffd';
  if (sequence === '\\a') return '\u0007';
  return decodeEscape(sequence);
}

function written(value: Primitive): string {
  if (value === undefined || value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}
