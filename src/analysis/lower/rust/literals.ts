import type { Value } from '../../ir/index.ts';
import { decodeEscape } from '../../syntax/literal.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { RustFile } from './file.ts';

const CONTINUED_LINE = /^\\\r?\n/;

/** The value of a literal; `undefined` when the node is none. */
export function literal(node: SyntaxNode, file: RustFile): Value | undefined {
  switch (node.type) {
    case 'string_literal':
    case 'raw_string_literal': {
      const value = decodedText(node, file.text);
      file.texts.push({ node, value });
      return { kind: 'constant', node, value };
    }
    case 'char_literal':
      return { kind: 'constant', node, value: character(file.textOf(node)) };
    case 'boolean_literal':
      return { kind: 'constant', node, value: file.textOf(node) === 'true' };
    case 'integer_literal':
    case 'float_literal':
      return { kind: 'constant', node, value: number(file.textOf(node)) };
    case 'negative_literal': {
      const value = number(file.textOf(node).replace(/^-\s*/, ''));
      return { kind: 'constant', node, value: value === undefined ? undefined : -value };
    }
    case 'unit_expression':
      return { kind: 'constant', node, value: undefined };
    default:
      return undefined;
  }
}

/** The text of a string literal, escapes undone. */
export function decodedText(node: SyntaxNode, text: string): string {
  let value = '';
  let isContinued = false;
  for (const part of node.children) {
    const raw = text.slice(part.start, part.end);
    // A backslash at the end of a line takes the blanks at the front of the next one along.
    if (part.type !== 'escape_sequence') value += isContinued ? raw.trimStart() : raw;
    else value += decodeEscape(raw);
    isContinued = CONTINUED_LINE.test(raw);
  }
  return value;
}

function character(raw: string): string {
  const body = raw.replace(/^b/, '').slice(1, -1);
  return body.startsWith('\\') ? decodeEscape(body) : body;
}

function number(raw: string): number | undefined {
  const digits = raw.replaceAll('_', '');
  const isPlain = !/^0[xob]/i.test(digits);
  const value = Number(
    digits.replace(isPlain ? /[iuf](?:8|16|32|64|128|size)$/ : /[iu](?:8|16|32|64|128|size)$/, ''),
  );
  return Number.isNaN(value) ? undefined : value;
}
