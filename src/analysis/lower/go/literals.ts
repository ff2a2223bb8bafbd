import type { ConstantValue, Primitive } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { type GoContext, textOf } from './context.ts';

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** A literal as a constant; texts are noted in the context for rules about literals. */
export function lowerLiteral(context: GoContext, node: SyntaxNode): ConstantValue {
  const written = textOf(context, node);
  switch (node.type) {
    case 'interpreted_string_literal':
    case 'raw_string_literal': {
      const inside = written.slice(1, written.endsWith(written.charAt(0)) ? -1 : undefined);
      const value = node.type === 'raw_string_literal' ? inside.replaceAll('\r', '') : decodeEscapes(inside);
      context.texts.push({ node, value });
      return constant(node, value);
    }
    case 'rune_literal':
      return constant(node, decodeEscapes(written.slice(1, -1)).codePointAt(0));
    case 'int_literal':
      return constant(node, integer(written));
    case 'float_literal':
      return constant(node, finite(Number(written.replaceAll('_', ''))));
    case 'true':
      return constant(node, true);
    case 'false':
      return constant(node, false);
    default:
      return constant(node, undefined);
  }
}

/** A constant at a node. */
export function constant(node: SyntaxNode, value: Primitive): ConstantValue {
  return { kind: 'constant', node, value };
}

/** The text of a string literal without its quotes; for imports, whose paths have no escapes. */
export function unquoted(context: GoContext, node: SyntaxNode | undefined): string {
  return node === undefined ? '' : context.text.slice(node.start + 1, node.end - 1);
}

function integer(written: string): Primitive {
  const digits = written.replaceAll('_', '').toLowerCase();
  const octal = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits;
  const value = Number(octal);
  if (Number.isSafeInteger(value)) return value;
  return /^(?:\d+|0[xob][0-9a-f]+)$/.test(octal) ? bigInteger(octal) : 0;
}

function bigInteger(written: string): Primitive {
  try {
    return BigInt(written);
  } catch {
    // Broken digits, such as `0b2`: no program has them for long.
    return 0;
  }
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

function decodeEscapes(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))/g,
    (whole, x?: string, u?: string, wide?: string, octal?: string, one?: string) => {
      const hex = x ?? u ?? wide;
      if (hex !== undefined) {
        const code = Number.parseInt(hex, 16);
        return code <= 0x10ffff ? String.fromCodePoint(code) : '';
      }
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      return one === undefined ? whole : (SIMPLE[one] ?? one);
    },
  );
}
