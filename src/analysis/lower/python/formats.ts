import type { Argument, Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { asNumber, textOf } from './strings.ts';

const PERCENT = /%(?:\(([^)]*)\))?[#0\- +]*(\*|\d+)?(?:\.(\*|\d+))?[hlL]?([diouxXeEfFgGcrsa%])/g;

/** `"… %s …" % value`, the format being a constant. */
export function lowerPercent(node: SyntaxNode, format: string, operand: Value): Value {
  const parts: Value[] = [];
  const items =
    operand.kind === 'list' && operand.items.every(item => !item.spread) ? operand.items : undefined;
  let from = 0;
  let position = 0;
  const next = (): Value => {
    if (items) return items[position++]?.value ?? unknown(operand.node);
    return position++ === 0 && !isSeveral(format) ? operand : elementOf(operand);
  };
  for (const match of format.matchAll(PERCENT)) {
    const [whole, key, width, precision, conversion = 's'] = match;
    parts.push({ kind: 'constant', node, value: format.slice(from, match.index) });
    from = match.index + whole.length;
    if (conversion === '%') {
      parts.push({ kind: 'constant', node, value: '%' });
      continue;
    }
    if (width === '*') next();
    if (precision === '*') next();
    const value = key === undefined ? next() : entryOf(operand, key);
    parts.push('diouxXeEfFgGc'.includes(conversion) ? asNumber(value) : value);
  }
  parts.push({ kind: 'constant', node, value: format.slice(from) });
  return textOf(node, parts);
}

/** `"… {} …".format(…)`, the format being a constant. */
export function lowerFormat(node: SyntaxNode, format: string, args: readonly Argument[]): Value {
  const parts: Value[] = [];
  const used = { next: 0 };
  addFields(node, format, args, used, parts);
  return textOf(node, parts);
}

function addFields(
  node: SyntaxNode,
  format: string,
  args: readonly Argument[],
  used: { next: number },
  parts: Value[],
): void {
  let from = 0;
  let constant = '';
  while (from < format.length) {
    const brace = format.slice(from).search(/[{}]/);
    if (brace < 0) break;
    constant += format.slice(from, from + brace);
    from += brace;
    if (format[from + 1] === format[from]) {
      constant += format[from];
      from += 2;
      continue;
    }
    const end = closing(format, from);
    parts.push({ kind: 'constant', node, value: constant });
    constant = '';
    const field = format.slice(from + 1, end);
    const [, name = '', specifier = ''] = /^([^:!]*)(?:![rsa])?(?::(.*))?$/s.exec(field) ?? [];
    const value = argumentOf(node, name.trim(), args, used);
    parts.push(/[bcdeEfFgGnoxX%]$/.test(specifier) ? asNumber(value) : value);
    if (specifier.includes('{'))
      addFields(node, specifier.replace(/[^{}]*(\{[^{}]*\})[^{}]*/g, '$1'), args, used, parts);
    from = end + 1;
  }
  parts.push({ kind: 'constant', node, value: constant + format.slice(from) });
}

function closing(format: string, from: number): number {
  let open = 0;
  for (let at = from; at < format.length; at++) {
    if (format[at] === '{') open++;
    else if (format[at] === '}' && --open === 0) return at;
  }
  return format.length;
}

function argumentOf(
  node: SyntaxNode,
  name: string,
  args: readonly Argument[],
  used: { next: number },
): Value {
  const [first = '', ...rest] = name.split(/[.[]/);
  const positional = args.filter(argument => argument.name === undefined && argument.spread !== 'record');
  let value: Value | undefined;
  if (first === '' || /^\d+$/.test(first)) {
    const index = first === '' ? used.next++ : Number(first);
    const spread = positional.findIndex(argument => argument.spread !== undefined);
    if (spread >= 0 && index >= spread) value = elementOf(positional[spread]?.value ?? unknown(node));
    else value = positional[index]?.value;
  } else {
    value = args.find(argument => argument.name === first)?.value;
    const spread = args.find(argument => argument.spread === 'record')?.value;
    if (value === undefined && spread !== undefined) value = entryOf(spread, first);
  }
  value ??= unknown(node);
  for (const key of rest)
    value = { kind: 'member', node: value.node, object: value, key: key.replace(']', '') };
  return value;
}

function isSeveral(format: string): boolean {
  let count = 0;
  for (const [, , , , conversion] of format.matchAll(PERCENT)) if (conversion !== '%') count++;
  return count > 1;
}

function entryOf(object: Value, key: string): Value {
  if (object.kind === 'record') {
    const entry = object.entries.find(one => one.key === key);
    if (entry) return entry.value;
  }
  return {
    kind: 'index',
    node: object.node,
    object,
    key: { kind: 'constant', node: object.node, value: key },
  };
}

/** Some element of a value. */
export function elementOf(object: Value): Value {
  return { kind: 'index', node: object.node, object, key: unknown(object.node) };
}

function unknown(node: SyntaxNode): Value {
  return { kind: 'opaque', node, parts: [] };
}
