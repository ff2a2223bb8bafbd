import type { SyntaxNode } from '../../syntax/node.ts';
import { closureNode, controlNode } from './token-blocks.ts';
import { literalNode } from './token-literals.ts';
import { pathNode, qualifiedNode } from './token-paths.ts';
import type { TokenStream } from './token-stream.ts';

const PRECEDENCE: Readonly<Record<string, number>> = {
  '=': 1,
  '+=': 1,
  '-=': 1,
  '*=': 1,
  '/=': 1,
  '%=': 1,
  '^=': 1,
  '&=': 1,
  '|=': 1,
  '<<=': 1,
  '>>=': 1,
  '..': 2,
  '..=': 2,
  '||': 3,
  '&&': 4,
  '==': 5,
  '!=': 5,
  '<': 5,
  '>': 5,
  '<=': 5,
  '>=': 5,
  '|': 6,
  '^': 7,
  '&': 8,
  '<<': 9,
  '+': 10,
  '-': 10,
  '*': 11,
  '/': 11,
  '%': 11,
};

const MAX_DEPTH = 60;

/**
 * One expression out of the tokens of a macro, as the node that the grammar would make of it outside of one;
 * `undefined` when there is none. `isTest` keeps a `{` after it for the block it belongs to.
 */
export function expressionNode(stream: TokenStream, isTest = false, least = 0): SyntaxNode | undefined {
  if (stream.depth > MAX_DEPTH) return undefined;
  stream.depth++;
  let left = prefix(stream, isTest);
  while (left !== undefined) {
    const { current } = stream;
    const precedence = current.kind === 'punctuation' ? PRECEDENCE[current.text] : undefined;
    if (precedence === undefined || precedence < Math.max(least, 1)) break;
    const operator = stream.leaf(current.text, stream.next());
    const right = expressionNode(stream, isTest, precedence === 1 ? 1 : precedence + 1);
    if (right === undefined) {
      if (precedence === 2) left = stream.node('range_expression', left.start, [[undefined, left]]);
      break;
    }
    left = binary(stream, left, operator, right, precedence);
  }
  stream.depth--;
  return left;
}

function binary(
  stream: TokenStream,
  left: SyntaxNode,
  operator: SyntaxNode,
  right: SyntaxNode,
  precedence: number,
): SyntaxNode {
  if (precedence === 2)
    return stream.node('range_expression', left.start, [
      [undefined, left],
      [undefined, right],
    ]);
  const isPlain = operator.type === '=';
  const type =
    precedence > 1 ? 'binary_expression' : isPlain ? 'assignment_expression' : 'compound_assignment_expr';
  return stream.node(type, left.start, [
    ['left', left],
    ...(isPlain ? [] : [['operator', operator] as const]),
    ['right', right],
  ]);
}

function prefix(stream: TokenStream, isTest: boolean): SyntaxNode | undefined {
  const { start, text, kind } = stream.current;
  if (kind === 'punctuation') {
    if (text === '-' || text === '!' || text === '*') {
      stream.next();
      const inner = expressionNode(stream, isTest, 12);
      return inner && stream.node('unary_expression', start, [[undefined, inner]]);
    }
    if (text === '&' || text === '&&') {
      stream.next();
      stream.take('mut');
      const inner = expressionNode(stream, isTest, 12);
      return inner && stream.node('reference_expression', start, [['value', inner]]);
    }
    if (text === '|' || text === '||') return closureNode(stream);
    if (text === '..' || text === '..=') {
      stream.next();
      const inner = expressionNode(stream, isTest, 3);
      return stream.node('range_expression', start, inner ? [[undefined, inner]] : []);
    }
  }
  const primary = primaryNode(stream, isTest);
  return primary && postfix(stream, primary);
}

function primaryNode(stream: TokenStream, isTest: boolean): SyntaxNode | undefined {
  const { current } = stream;
  const known = literalNode(current, stream);
  if (known !== undefined) {
    stream.next();
    return known;
  }
  if (current.kind === 'lifetime') {
    stream.next();
    return stream.take(':') ? primaryNode(stream, isTest) : undefined;
  }
  if (current.kind === 'name') return controlNode(stream) ?? pathNode(stream, isTest);
  switch (current.text) {
    case '(':
      return tuple(stream);
    case '[': {
      const parts = list(stream, ']');
      return stream.node(
        'array_expression',
        current.start,
        parts.map(part => [undefined, part]),
      );
    }
    case '{':
      return controlNode(stream);
    case '<':
      return qualifiedNode(stream);
    default:
      return undefined;
  }
}

function tuple(stream: TokenStream): SyntaxNode {
  const { start } = stream.current;
  const parts = list(stream, ')');
  const [only] = parts;
  if (only === undefined) return stream.node('unit_expression', start);
  const isTuple = parts.length > 1 || /,\s*\)$/.test(stream.text.slice(only.end, stream.lastEnd));
  const type = isTuple ? 'tuple_expression' : 'parenthesized_expression';
  return stream.node(
    type,
    start,
    parts.map(part => [undefined, part]),
  );
}

/** Expressions between the bracket that is next and the one that closes it; what is no expression is skipped. */
function list(stream: TokenStream, closing: string): SyntaxNode[] {
  const parts: SyntaxNode[] = [];
  stream.next();
  while (!stream.isAtEnd && !stream.take(closing)) {
    const before = stream.position;
    const part = expressionNode(stream);
    if (part !== undefined) parts.push(part);
    if (stream.take(',') || stream.take(';') || stream.is(closing)) continue;
    if (stream.position === before || !stream.isAtEnd) stream.skipOne();
  }
  return parts;
}

function postfix(stream: TokenStream, primary: SyntaxNode): SyntaxNode {
  let node = primary;
  const { start } = primary;
  for (;;) {
    const { current } = stream;
    if (stream.take('?')) node = stream.node('try_expression', start, [[undefined, node]]);
    else if (stream.is('(')) node = call(stream, node);
    else if (stream.is('[')) {
      const keys = list(stream, ']');
      node = stream.node('index_expression', start, [
        [undefined, node],
        ...keys.map(key => [undefined, key] as const),
      ]);
    } else if (stream.is('.') && /^(?:name|integer|float)$/.test(stream.peek(1).kind)) {
      stream.next();
      node = member(stream, node);
    } else if (current.kind === 'name' && current.text === 'as') {
      stream.next();
      node = cast(stream, node);
    } else return node;
  }
}

function call(stream: TokenStream, callee: SyntaxNode): SyntaxNode {
  const { start } = stream.current;
  const args = list(stream, ')');
  const made = stream.node(
    'arguments',
    start,
    args.map(arg => [undefined, arg]),
  );
  return stream.node('call_expression', callee.start, [
    ['function', callee],
    ['arguments', made],
  ]);
}

function member(stream: TokenStream, object: SyntaxNode): SyntaxNode {
  const name = stream.next();
  if (name.text === 'await') return stream.node('await_expression', object.start, [[undefined, object]]);
  const field = stream.leaf(name.kind === 'name' ? 'field_identifier' : 'integer_literal', name);
  const node = stream.node('field_expression', object.start, [
    ['value', object],
    ['field', field],
  ]);
  if (!(stream.is('::') && stream.peek(1).text === '<')) return node;
  const { start } = stream.peek(1);
  stream.next();
  stream.next();
  stream.skipAngles();
  const types = stream.node('type_arguments', start);
  return stream.node('generic_function', object.start, [
    ['function', node],
    ['type_arguments', types],
  ]);
}

function cast(stream: TokenStream, value: SyntaxNode): SyntaxNode {
  const { start } = stream.current;
  while (stream.is('*') || stream.is('&') || stream.is('const') || stream.is('mut')) stream.next();
  if (stream.current.kind === 'name') stream.next();
  while (stream.is('::')) {
    stream.next();
    stream.next();
  }
  if (stream.take('<')) stream.skipAngles();
  const type = stream.node('type_identifier', start);
  return stream.node('type_cast_expression', value.start, [
    ['value', value],
    ['type', type],
  ]);
}
