/**
 * One node of a syntax tree, copied out of the parser's memory.
 *
 * The copy holds named nodes and the anonymous ones that have a field (operators, `const`/`let`); punctuation is left
 * out. Offsets are UTF-16 code units from the start of the text.
 */
export class SyntaxNode {
  readonly type: string;
  /** The name of the field it fills in its parent, such as `left`; `undefined` for plain children. */
  readonly field: string | undefined;
  readonly start: number;
  readonly end: number;
  readonly parent: SyntaxNode | undefined;
  readonly children: SyntaxNode[] = [];

  constructor(
    type: string,
    field: string | undefined,
    start: number,
    end: number,
    parent: SyntaxNode | undefined,
  ) {
    this.type = type;
    this.field = field;
    this.start = start;
    this.end = end;
    this.parent = parent;
  }

  /** The first child that fills the field. */
  child(field: string): SyntaxNode | undefined {
    for (const child of this.children) if (child.field === field) return child;
    return undefined;
  }

  /** The first child that is not a comment; for wrappers such as parentheses, `await` and `as`. */
  get inner(): SyntaxNode | undefined {
    for (const child of this.children) if (child.type !== 'comment') return child;
    return undefined;
  }
}
