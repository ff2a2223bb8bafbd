import { SyntaxNode } from '../../syntax/node.ts';
import type { TokenStream } from './token-stream.ts';
import type { Token } from './tokens.ts';

const ESCAPE = /\\(?:u\{[\da-fA-F_]*\}|x[\da-fA-F]{2}|\r?\n|[\s\S])/g;

/** The node of a literal token, as the grammar would make it; `undefined` for other tokens. */
export function literalNode(token: Token, stream: TokenStream): SyntaxNode | undefined {
  switch (token.kind) {
    case 'string':
      return stringNode(token, stream);
    case 'raw-string': {
      const written = stream.text.slice(token.start, token.end);
      const open = written.indexOf('"') + 1;
      const hashes = written.slice(0, open).split('#').length - 1;
      return textNode('raw_string_literal', token, stream, [
        ['string_content', token.start + open, token.end - 1 - hashes],
      ]);
    }
    case 'char':
      return stream.leaf('char_literal', token);
    case 'integer':
      return stream.leaf('integer_literal', token);
    case 'float':
      return stream.leaf('float_literal', token);
    case 'name':
      return token.text === 'true' || token.text === 'false'
        ? stream.leaf('boolean_literal', token)
        : undefined;
    default:
      return undefined;
  }
}

function stringNode(token: Token, stream: TokenStream): SyntaxNode {
  const open = stream.text.indexOf('"', token.start) + 1;
  const body = stream.text.slice(open, token.end - 1);
  const parts: [string, number, number][] = [];
  let at = 0;
  for (const { 0: sequence, index } of body.matchAll(ESCAPE)) {
    if (index > at) parts.push(['string_content', open + at, open + index]);
    at = index + sequence.length;
    parts.push(['escape_sequence', open + index, open + at]);
  }
  if (at < body.length) parts.push(['string_content', open + at, open + body.length]);
  return textNode('string_literal', token, stream, parts);
}

function textNode(
  type: string,
  token: Token,
  stream: TokenStream,
  parts: readonly (readonly [type: string, start: number, end: number])[],
): SyntaxNode {
  const node = stream.leaf(type, token);
  for (const [kind, start, end] of parts) node.append(new SyntaxNode(kind, undefined, start, end, node));
  return node;
}
