import type { Argument, Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { Place, RustFile } from './file.ts';
import { expressionNode } from './token-expressions.ts';
import { TokenStream } from './token-stream.ts';

/** Longer arguments than anybody writes by hand are left alone. */
const MAX_LENGTH = 100_000;

/** The tokens between the brackets of a macro's argument; `undefined` when there are too many. */
export function streamOver(tokens: SyntaxNode, file: RustFile): TokenStream | undefined {
  const length = tokens.end - tokens.start;
  file.macroText.left -= length;
  if (length > MAX_LENGTH || file.macroText.left < 0) return undefined;
  return new TokenStream(file.text, tokens, [tokens.start + 1, tokens.end - 1], {
    expression: expressionNode,
  });
}

/**
 * What a macro is given, as far as it can be read as expressions with commas (`,`, `;`, `=>`) between; `name = value`
 * and `name: value` name one.
 */
export function argumentsIn(tokens: SyntaxNode, file: RustFile, place: Place): readonly Argument[] {
  return argumentNodes(tokens, file).map(({ node, name }) => ({ value: file.expression(node, place), name }));
}

/** The same before they are lowered. */
export function argumentNodes(
  tokens: SyntaxNode,
  file: RustFile,
): readonly { readonly node: SyntaxNode; readonly name: string | undefined }[] {
  const stream = streamOver(tokens, file);
  const found: { node: SyntaxNode; name: string | undefined }[] = [];
  while (stream !== undefined && !stream.isAtEnd) {
    let name: string | undefined;
    if (stream.current.kind === 'name' && /^[=:]$/.test(stream.peek(1).text)) {
      name = stream.next().text;
      stream.next();
    }
    // `%error` and `?error` say how a log line shows a value.
    if (stream.is('%') || stream.is('?')) stream.next();
    const before = stream.position;
    const node = stream.expression();
    if (node !== undefined) found.push({ node, name });
    if (stream.take(',') || stream.take(';') || stream.take('=>')) continue;
    if (stream.position === before) stream.skipOne();
  }
  return found;
}

/** The value of a macro's argument that is read as JSON: `json!({ "a": x, "b": [y] })`. */
export function jsonIn(tokens: SyntaxNode, file: RustFile, place: Place): Value | undefined {
  const stream = streamOver(tokens, file);
  return stream && jsonValue(stream, file, place);
}

function jsonValue(stream: TokenStream, file: RustFile, place: Place): Value | undefined {
  if (stream.depth > 60) return undefined;
  stream.depth++;
  const value = jsonOf(stream, file, place);
  stream.depth--;
  return value;
}

function jsonOf(stream: TokenStream, file: RustFile, place: Place): Value | undefined {
  const { start } = stream.current;
  if (stream.take('null')) return { kind: 'constant', node: stream.node('null', start), value: null };
  if (stream.take('{')) {
    const entries: { key: string | Value | undefined; value: Value }[] = [];
    while (!stream.isAtEnd && !stream.take('}')) {
      const before = stream.position;
      const keyNode = stream.expression();
      const key = keyNode && file.expression(keyNode, place);
      stream.take(':');
      const value = jsonValue(stream, file, place);
      const name = key?.kind === 'constant' && typeof key.value === 'string' ? key.value : key;
      if (value !== undefined) entries.push({ key: name, value });
      if (!stream.take(',') && stream.position === before) stream.skipOne();
    }
    return { kind: 'record', node: stream.node('struct_expression', start), entries };
  }
  if (stream.take('[')) {
    const items: { value: Value }[] = [];
    while (!stream.isAtEnd && !stream.take(']')) {
      const before = stream.position;
      const value = jsonValue(stream, file, place);
      if (value !== undefined) items.push({ value });
      if (!stream.take(',') && stream.position === before) stream.skipOne();
    }
    return { kind: 'list', node: stream.node('array_expression', start), items };
  }
  const node = stream.expression();
  return node && file.expression(node, place);
}
