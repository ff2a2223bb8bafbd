import type { SyntaxNode } from '../../syntax/node.ts';
import type { TokenStream } from './token-stream.ts';

const ROOTS: Readonly<Record<string, string>> = { self: 'self', crate: 'crate', super: 'super' };

/** A path, with what can follow one: a macro's argument, the fields of a struct. */
export function pathNode(stream: TokenStream, isTest: boolean): SyntaxNode {
  const first = stream.next();
  let path = stream.leaf(ROOTS[first.text] ?? 'identifier', first);
  while (stream.is('::')) {
    stream.next();
    if (stream.take('<')) {
      const from = stream.current.start;
      stream.skipAngles();
      const types = stream.node('type_arguments', from - 1);
      path = stream.node('generic_function', first.start, [
        ['function', path],
        ['type_arguments', types],
      ]);
    } else if (stream.current.kind === 'name') {
      const name = stream.leaf('identifier', stream.next());
      const plain = path.type === 'generic_function' ? (path.child('function') ?? path) : path;
      path = stream.node('scoped_identifier', first.start, [
        ['path', plain],
        ['name', name],
      ]);
    } else break;
  }
  if (stream.is('!') && /^[([{]$/.test(stream.peek(1).text)) return macro(stream, path);
  if (!isTest && stream.is('{') && isStruct(stream, path)) return struct(stream, path);
  return path;
}

function macro(stream: TokenStream, path: SyntaxNode): SyntaxNode {
  stream.next();
  const { start } = stream.current;
  stream.skipGroup();
  const tokens = stream.node('token_tree', start);
  return stream.node('macro_invocation', path.start, [
    ['macro', path],
    [undefined, tokens],
  ]);
}

function isStruct(stream: TokenStream, path: SyntaxNode): boolean {
  if (!/^[A-Z]/.test(stream.text.slice(path.child('name')?.start ?? path.start, path.end))) return false;
  const [first, second] = [stream.peek(1), stream.peek(2)];
  return first.text === '}' || first.text === '..' || (first.kind === 'name' && /^[:,}]$/.test(second.text));
}

function struct(stream: TokenStream, path: SyntaxNode): SyntaxNode {
  const { start } = stream.next();
  const fields: SyntaxNode[] = [];
  while (!stream.isAtEnd && !stream.take('}')) {
    const from = stream.current.start;
    if (stream.take('..')) {
      const base = stream.expression();
      if (base !== undefined) fields.push(stream.node('base_field_initializer', from, [[undefined, base]]));
    } else if (stream.current.kind === 'name') {
      const name = stream.next();
      const value = stream.take(':') ? stream.expression() : undefined;
      fields.push(
        value === undefined
          ? stream.node('shorthand_field_initializer', from, [[undefined, stream.leaf('identifier', name)]])
          : stream.node('field_initializer', from, [
              ['field', stream.leaf('field_identifier', name)],
              ['value', value],
            ]),
      );
    } else stream.skipOne();
    stream.take(',');
  }
  const body = stream.node(
    'field_initializer_list',
    start,
    fields.map(field => [undefined, field]),
  );
  return stream.node('struct_expression', path.start, [
    ['name', path],
    ['body', body],
  ]);
}

/** `<T as Trait>::name`: the trait is left out. */
export function qualifiedNode(stream: TokenStream): SyntaxNode | undefined {
  const { start } = stream.next();
  const type = stream.current.kind === 'name' ? pathNode(stream, true) : undefined;
  stream.skipAngles();
  if (type === undefined || !stream.take('::') || stream.current.kind !== 'name') return type;
  const name = stream.leaf('identifier', stream.next());
  return stream.node('scoped_identifier', start, [
    ['path', type],
    ['name', name],
  ]);
}
