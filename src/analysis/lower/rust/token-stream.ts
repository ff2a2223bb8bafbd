import { SyntaxNode } from '../../syntax/node.ts';
import { type Token, tokensOf } from './tokens.ts';

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** What parses the parts of an expression; handed in, since blocks hold expressions and expressions blocks. */
export interface Parsers {
  expression(stream: TokenStream, isTest?: boolean): SyntaxNode | undefined;
}

/** Goes through the tokens of a macro's argument, and makes nodes of the grammar's own types out of them. */
export class TokenStream {
  readonly text: string;
  readonly #parsers: Parsers;
  readonly #tokens: readonly Token[];
  /** What the made nodes hang on. */
  readonly #parent: SyntaxNode;
  #at = 0;
  /** How deep the parser has gone; nested deeper than anybody writes, it stops. */
  depth = 0;

  constructor(
    text: string,
    parent: SyntaxNode,
    range: readonly [start: number, end: number],
    parsers: Parsers,
  ) {
    this.text = text;
    this.#parent = parent;
    this.#parsers = parsers;
    this.#tokens = tokensOf(text, ...range);
  }

  get current(): Token {
    return this.peek(0);
  }

  get isAtEnd(): boolean {
    return this.current.kind === 'end';
  }

  /** The end of the token before. */
  get lastEnd(): number {
    return this.#at === 0 ? this.current.start : this.peek(-1).end;
  }

  peek(distance: number): Token {
    const index = Math.max(0, Math.min(this.#at + distance, this.#tokens.length - 1));
    return this.#tokens[index] as Token;
  }

  /** Whether the next token is this punctuation or word. */
  is(text: string): boolean {
    const { current } = this;
    return current.text === text && (current.kind === 'punctuation' || current.kind === 'name');
  }

  next(): Token {
    const token = this.current;
    if (this.#at < this.#tokens.length - 1) this.#at++;
    return token;
  }

  /** Takes the token when it is next. */
  take(text: string): boolean {
    const found = this.is(text);
    if (found) this.next();
    return found;
  }

  get position(): number {
    return this.#at;
  }

  goTo(position: number): void {
    this.#at = position;
  }

  /** Skips to the bracket that closes the one that is next, and past it. */
  skipGroup(): void {
    const closing: string[] = [];
    do {
      const { text, kind } = this.next();
      if (kind === 'end') return;
      if (kind !== 'punctuation') continue;
      const close = CLOSING[text];
      if (close !== undefined) closing.push(close);
      else if (text === closing.at(-1)) closing.pop();
    } while (closing.length > 0);
  }

  /** Past one token, or past a whole group. */
  skipOne(): void {
    if (this.is('(') || this.is('[') || this.is('{')) this.skipGroup();
    else this.next();
  }

  /** To the end of a list in angle brackets that has been entered. */
  skipAngles(): void {
    let open = 1;
    while (open > 0 && !this.isAtEnd && !this.is(';') && !this.is('{')) {
      const { text, kind } = this.next();
      if (kind !== 'punctuation') continue;
      if (text === '<') open++;
      else if (text === '>') open--;
      else if (text === '>>=' || text === '>=') open = 0;
    }
  }

  /** One expression; `isTest` keeps a `{` after it for the block it belongs to. */
  expression(isTest = false): SyntaxNode | undefined {
    return this.#parsers.expression(this, isTest);
  }

  /** A node over children that have been made before; their field says what they are in it. */
  node(
    type: string,
    start: number,
    children: readonly (readonly [field: string | undefined, node: SyntaxNode])[] = [],
    end = this.lastEnd,
  ): SyntaxNode {
    const made = new SyntaxNode(type, undefined, start, Math.max(start, end), this.#parent);
    for (const [field, child] of children)
      made.append(field === child.field ? child : withField(child, field));
    return made;
  }

  /** A node without children for one token. */
  leaf(type: string, { start, end }: Token): SyntaxNode {
    return new SyntaxNode(type, undefined, start, end, this.#parent);
  }
}

function withField(node: SyntaxNode, field: string | undefined): SyntaxNode {
  const copy = new SyntaxNode(node.type, field, node.start, node.end, node.parent);
  for (const child of node.children) copy.append(child);
  return copy;
}
