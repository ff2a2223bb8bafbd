// Most nodes are leaves, and all of those share this one.
const NO_CHILDREN: readonly SyntaxNode[] = Object.freeze([]);

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
  #children: SyntaxNode[] | undefined;

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

  get children(): readonly SyntaxNode[] {
    return this.#children ?? NO_CHILDREN;
  }

  /** Adds a last child; for whoever builds the tree. */
  append(child: SyntaxNode): void {
    if (this.#children === undefined) this.#children = [child];
    else this.#children.push(child);
  }

  /** No more children come: gives the room back that arrays keep for them. For whoever builds the tree. */
  seal(): void {
    if (this.#children !== undefined && this.#children.length > 1) this.#children = this.#children.slice();
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
