import type { Value } from '../../ir/index.ts';
import { decodeName, decodeNumber } from '../../syntax/literal.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { Context } from './context.ts';
import { decodeString } from './strings.ts';

/** A property's key: its name, or the expression that computes it. */
export function keyOf(node: SyntaxNode, cx: Context): string | Value {
  switch (node.type) {
    case 'computed_property_name': {
      const value = cx.value(node.inner, node);
      return value.kind === 'constant' ? String(value.value) : value;
    }
    case 'string':
      return decodeString(node, cx);
    case 'number': {
      const text = cx.textOf(node);
      return String(decodeNumber(text) ?? text);
    }
    default:
      return decodeName(cx.textOf(node));
  }
}

/** A property's key when it is known. */
export function plainKey(node: SyntaxNode, cx: Context): string | undefined {
  const key = keyOf(node, cx);
  return typeof key === 'string' ? key : undefined;
}
