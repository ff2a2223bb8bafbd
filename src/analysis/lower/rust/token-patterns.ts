import type { SyntaxNode } from '../../syntax/node.ts';
import { literalNode } from './token-literals.ts';
import type { TokenStream } from './token-stream.ts';

/** One pattern out of the tokens of a macro; `undefined` for `_`, `..` and what is none. */
export function patternNode(stream: TokenStream, hasAlternatives = true): SyntaxNode | undefined {
  const { start } = stream.current;
  const first = singlePattern(stream);
  if (!hasAlternatives || !stream.is('|')) return first;
  const all = first === undefined ? [] : [first];
  while (stream.take('|')) {
    const next = singlePattern(stream);
    if (next !== undefined) all.push(next);
  }
  return stream.node(
    'or_pattern',
    start,
    all.map(one => [undefined, one]),
  );
}

function singlePattern(stream: TokenStream): SyntaxNode | undefined {
  if (stream.depth > 60) return undefined;
  while (stream.is('&') || stream.is('&&') || stream.is('mut') || stream.is('ref')) stream.next();
  const token = stream.current;
  const known = literalNode(token, stream);
  if (known !== undefined) {
    stream.next();
    return known;
  }
  if (stream.take('..') || stream.take('_')) return undefined;
  if (stream.is('(')) return group(stream, 'tuple_pattern', ')');
  if (stream.is('[')) return group(stream, 'slice_pattern', ']');
  return token.kind === 'name' ? namedPattern(stream) : undefined;
}

function group(stream: TokenStream, type: string, closing: string): SyntaxNode {
  const { start } = stream.next();
  stream.depth++;
  const parts: SyntaxNode[] = [];
  while (!stream.isAtEnd && !stream.take(closing)) {
    const before = stream.position;
    const at = stream.current;
    const part = patternNode(stream);
    // What binds nothing still counts for the positions of the others.
    parts.push(part ?? stream.leaf(at.text === '..' ? 'remaining_field_pattern' : '_', at));
    if (!stream.take(',') && stream.position === before) stream.skipOne();
  }
  stream.depth--;
  return stream.node(
    type,
    start,
    parts.map(part => [undefined, part]),
  );
}

function namedPattern(stream: TokenStream): SyntaxNode {
  const first = stream.next();
  let path = stream.leaf('identifier', first);
  while (stream.take('::')) {
    const name = stream.leaf('identifier', stream.next());
    path = stream.node('scoped_identifier', first.start, [
      ['path', path],
      ['name', name],
    ]);
  }
  if (stream.is('(')) {
    const inner = group(stream, 'tuple_pattern', ')');
    return stream.node('tuple_struct_pattern', first.start, [
      ['type', path],
      ...inner.children.map(part => [undefined, part] as const),
    ]);
  }
  if (stream.is('{')) return structPattern(stream, path);
  if (stream.take('@')) {
    const inner = patternNode(stream);
    return stream.node('captured_pattern', first.start, [
      [undefined, path],
      ...(inner ? [[undefined, inner] as const] : []),
    ]);
  }
  return path;
}

function structPattern(stream: TokenStream, path: SyntaxNode): SyntaxNode {
  stream.next();
  const fields: SyntaxNode[] = [];
  while (!stream.isAtEnd && !stream.take('}')) {
    while (stream.is('ref') || stream.is('mut')) stream.next();
    const token = stream.current;
    if (token.kind !== 'name') {
      stream.skipOne();
      continue;
    }
    stream.next();
    const name = stream.leaf('identifier', token);
    const pattern = stream.take(':') ? patternNode(stream) : undefined;
    fields.push(
      stream.node('field_pattern', token.start, [
        ['name', name],
        ...(pattern ? [['pattern', pattern] as const] : []),
      ]),
    );
    stream.take(',');
  }
  return stream.node('struct_pattern', path.start, [
    ['type', path],
    ...fields.map(one => [undefined, one] as const),
  ]);
}
