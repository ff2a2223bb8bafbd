import type { SyntaxNode } from '../../syntax/node.ts';
import { patternNode } from './token-patterns.ts';
import type { TokenStream } from './token-stream.ts';

type Child = readonly [field: string | undefined, node: SyntaxNode];

/** A block, a closure with words before it, or what begins with a word of the language; `undefined` for all else. */
export function controlNode(stream: TokenStream): SyntaxNode | undefined {
  const { start, text } = stream.current;
  switch (text) {
    case '{':
      return blockNode(stream);
    case 'unsafe':
    case 'async':
    case 'const':
    case 'static':
    case 'move':
      stream.next();
      stream.take('move');
      if (stream.is('|') || stream.is('||')) return closureNode(stream, start);
      return stream.is('{') ? blockNode(stream) : undefined;
    case 'if':
      return ifNode(stream);
    case 'match':
      return matchNode(stream);
    case 'while':
    case 'loop':
    case 'for':
      return loopNode(stream);
    case 'return':
    case 'break':
    case 'continue': {
      stream.next();
      if (stream.current.kind === 'lifetime') stream.next();
      const value = stream.expression();
      return stream.node(`${text}_expression`, start, value ? [[undefined, value]] : []);
    }
    default:
      return undefined;
  }
}

/** `|a, (b, c)| body`. */
export function closureNode(stream: TokenStream, start = stream.current.start): SyntaxNode | undefined {
  const from = stream.current.start;
  const params: SyntaxNode[] = [];
  if (!stream.take('||')) {
    stream.next();
    while (!stream.isAtEnd && !stream.take('|')) {
      const pattern = patternNode(stream, false);
      if (pattern !== undefined) params.push(pattern);
      if (stream.take(':')) skipType(stream, [',', '|']);
      if (!stream.take(',') && !stream.is('|')) stream.skipOne();
    }
  }
  const parameters = stream.node(
    'closure_parameters',
    from,
    params.map(one => [undefined, one]),
  );
  if (stream.take('->')) skipType(stream, ['{']);
  const body = stream.expression();
  const children: Child[] = [['parameters', parameters]];
  if (body !== undefined) children.push(['body', body]);
  return stream.node('closure_expression', start, children);
}

function blockNode(stream: TokenStream): SyntaxNode {
  const { start } = stream.next();
  const statements: SyntaxNode[] = [];
  while (!stream.isAtEnd && !stream.take('}')) {
    const before = stream.position;
    const from = stream.current.start;
    const statement = stream.is('let') ? letNode(stream) : stream.expression();
    if (stream.take(';') && statement !== undefined && statement.type !== 'let_declaration') {
      statements.push(stream.node('expression_statement', from, [[undefined, statement]]));
    } else if (statement !== undefined) statements.push(statement);
    if (stream.position === before) stream.skipOne();
  }
  return stream.node(
    'block',
    start,
    statements.map(one => [undefined, one]),
  );
}

function letNode(stream: TokenStream): SyntaxNode {
  const { start } = stream.next();
  const children: Child[] = [];
  const pattern = patternNode(stream);
  if (pattern !== undefined) children.push(['pattern', pattern]);
  if (stream.take(':')) skipType(stream, ['=', ';']);
  const value = stream.take('=') ? stream.expression() : undefined;
  if (value !== undefined) children.push(['value', value]);
  if (stream.take('else') && stream.is('{')) children.push(['alternative', blockNode(stream)]);
  return stream.node('let_declaration', start, children);
}

function conditionNode(stream: TokenStream): SyntaxNode | undefined {
  const { start } = stream.current;
  if (!stream.take('let')) return stream.expression(true);
  const pattern = patternNode(stream);
  stream.take('=');
  const value = stream.expression(true);
  if (pattern === undefined || value === undefined) return value;
  return stream.node('let_condition', start, [
    ['pattern', pattern],
    ['value', value],
  ]);
}

function ifNode(stream: TokenStream): SyntaxNode {
  const { start } = stream.next();
  const children: Child[] = [];
  const condition = conditionNode(stream);
  if (condition !== undefined) children.push(['condition', condition]);
  if (stream.is('{')) children.push(['consequence', blockNode(stream)]);
  const from = stream.current.start;
  if (stream.take('else')) {
    const other = stream.is('if') ? ifNode(stream) : stream.is('{') ? blockNode(stream) : undefined;
    if (other !== undefined)
      children.push(['alternative', stream.node('else_clause', from, [[undefined, other]])]);
  }
  return stream.node('if_expression', start, children);
}

function loopNode(stream: TokenStream): SyntaxNode {
  const { start, text } = stream.next();
  const children: Child[] = [];
  if (text === 'for') {
    const pattern = patternNode(stream);
    if (pattern !== undefined) children.push(['pattern', pattern]);
    stream.take('in');
    const value = stream.expression(true);
    if (value !== undefined) children.push(['value', value]);
  } else if (text === 'while') {
    const condition = conditionNode(stream);
    if (condition !== undefined) children.push(['condition', condition]);
  }
  if (stream.is('{')) children.push(['body', blockNode(stream)]);
  return stream.node(`${text}_expression`, start, children);
}

function matchNode(stream: TokenStream): SyntaxNode {
  const { start } = stream.next();
  const children: Child[] = [];
  const subject = stream.expression(true);
  if (subject !== undefined) children.push(['value', subject]);
  const from = stream.current.start;
  const arms: SyntaxNode[] = [];
  if (stream.take('{')) {
    while (!stream.isAtEnd && !stream.take('}')) {
      const before = stream.position;
      arms.push(armNode(stream));
      if (stream.position === before) stream.skipOne();
    }
  }
  children.push([
    'body',
    stream.node(
      'match_block',
      from,
      arms.map(arm => [undefined, arm]),
    ),
  ]);
  return stream.node('match_expression', start, children);
}

function armNode(stream: TokenStream): SyntaxNode {
  const { start } = stream.current;
  const inner: Child[] = [];
  const pattern = patternNode(stream);
  if (pattern !== undefined) inner.push([undefined, pattern]);
  const guard = stream.take('if') ? stream.expression(true) : undefined;
  if (guard !== undefined) inner.push(['condition', guard]);
  const children: Child[] = [['pattern', stream.node('match_pattern', start, inner)]];
  const value = stream.take('=>') ? stream.expression() : undefined;
  if (value !== undefined) children.push(['value', value]);
  stream.take(',');
  return stream.node('match_arm', start, children);
}

/** Past a type, to one of the tokens that can follow it. */
function skipType(stream: TokenStream, until: readonly string[]): void {
  while (!stream.isAtEnd && !until.some(text => stream.is(text))) {
    if (stream.take('<')) stream.skipAngles();
    else stream.skipOne();
  }
}
