import type { ReferenceValue, Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { constant } from './literals.ts';

/** Verbs whose result holds digits alone, whatever their argument's text is. */
const NUMERIC = new Set('dtbcoOxXUeEfFgGp');

/** Whether a value is text for certain. */
export function isText(value: Value): boolean {
  return value.kind === 'text' || (value.kind === 'constant' && typeof value.value === 'string');
}

/** What `fmt.Sprintf` makes of a constant format: its parts in order. Arguments that no verb uses are left out. */
export function formatParts(format: string, args: readonly Value[], node: SyntaxNode): Value[] {
  const parts: Value[] = [];
  let next = 0;
  let plain = '';
  let end = 0;
  const verbs = /%([-+# 0]*)(\[\d+\])?(\*|\d+)?(?:\.(\*|\d*))?(\[\d+\])?([a-zA-Z%])/g;
  for (const match of format.matchAll(verbs)) {
    const [whole, , early, width, precision, late, verb = 'v'] = match;
    plain += format.slice(end, match.index);
    end = match.index + whole.length;
    if (verb === '%') {
      plain += '%';
      continue;
    }
    if (width === '*') next++;
    if (precision === '*') next++;
    const position = early ?? late;
    if (position !== undefined) next = Number(position.slice(1, -1)) - 1;
    const argument = args[next];
    next++;
    if (plain !== '') parts.push(constant(node, plain));
    plain = '';
    if (argument !== undefined) parts.push(NUMERIC.has(verb) ? numeric(argument) : argument);
  }
  plain += format.slice(end);
  if (plain !== '') parts.push(constant(node, plain));
  return parts.length === 0 ? [constant(node, '')] : parts;
}

/** Parts with text between each two and, if wanted, at the end. */
export function joinParts(parts: readonly Value[], separator: Value): Value[] {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part]));
}

/** A value of which only digits are left, as a conversion to a number; constants stay what they are. */
export function numeric(value: Value): Value {
  if (value.kind === 'constant') return value;
  const callee: ReferenceValue = { kind: 'reference', node: value.node, name: 'int', binding: undefined };
  return { kind: 'call', node: value.node, callee, args: [{ value }], isNew: false };
}
