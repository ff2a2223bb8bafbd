import type { Argument, Value } from '../../ir/index.ts';
import { type Place, useOf } from './file.ts';

const HOLE = /\{\{|\}\}|\{([^{}]*)\}/g;

/**
 * `"…{}…{name}…{0:?}…"` with its arguments as text with holes; a constant when it has none. The format is the first
 * argument; arguments that no hole shows are left out.
 */
export function formattedText(args: readonly Argument[], place: Place): Value | undefined {
  const [format, ...rest] = args;
  if (format === undefined) return undefined;
  const { value } = format;
  if (value.kind !== 'constant' || typeof value.value !== 'string')
    return value.kind === 'text' ? value : undefined;
  const { node } = value;
  const positional = rest.filter(({ name }) => name === undefined);
  const parts: Value[] = [];
  let fixed = '';
  let at = 0;
  let next = 0;
  const text = value.value;
  for (const { 0: found, 1: inside, index } of text.matchAll(HOLE)) {
    fixed += text.slice(at, index);
    at = index + found.length;
    if (inside === undefined) {
      fixed += found.charAt(0);
      continue;
    }
    const [name = ''] = inside.split(':', 1);
    const key = name.trim();
    const hole =
      key === ''
        ? positional[next++]?.value
        : /^\d+$/.test(key)
          ? positional[Number(key)]?.value
          : (rest.find(one => one.name === key)?.value ?? named(key, value, place));
    if (fixed !== '') parts.push({ kind: 'constant', node, value: fixed });
    fixed = '';
    if (hole !== undefined) parts.push(hole);
  }
  fixed += text.slice(at);
  if (parts.length === 0) return { kind: 'constant', node, value: fixed };
  if (fixed !== '') parts.push({ kind: 'constant', node, value: fixed });
  return { kind: 'text', node, parts };
}

function named(name: string, { node }: Value, place: Place): Value {
  const binding = place.scope.lookup(name);
  return binding === undefined ? { kind: 'reference', node, name, binding } : useOf(binding, node);
}
