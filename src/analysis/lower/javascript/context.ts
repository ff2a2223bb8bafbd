import {
  type Argument,
  type ClassIr,
  createScope,
  type FunctionIr,
  type Scope,
  type Statement,
  type Target,
  type Value,
} from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { Survey } from './survey.ts';

/** Deeper nesting than people and bundlers write; what lies below it is left out. */
export const MAX_DEPTH = 500;

/** What the place of a function, class or object says about it. */
export interface Placement {
  readonly name?: string | undefined;
  readonly isPublic?: boolean | undefined;
}

/** The kinds of syntax, each lowered in a file of its own; they reach one another through here. */
export interface Parts {
  value(node: SyntaxNode, cx: Context, placement?: Placement): Value;
  /** Statements of a block whose scope is already open and hoisted. */
  statements(nodes: readonly SyntaxNode[], cx: Context, into: Statement[]): void;
  statement(node: SyntaxNode, cx: Context, into: Statement[]): void;
  function(node: SyntaxNode, cx: Context, placement: Placement, owner?: ClassIr): FunctionIr;
  class(node: SyntaxNode, cx: Context, placement: Placement): ClassIr;
  /** Where a pattern or an assignable expression writes to. */
  target(node: SyntaxNode, cx: Context): Target;
  /** A declared type's name; `undefined` when it names nothing. */
  type(node: SyntaxNode | undefined, cx: Context): Value | undefined;
  arguments(node: SyntaxNode | undefined, cx: Context): Argument[];
  element(node: SyntaxNode, cx: Context): Value;
}

/** One file on its way through the lowering. */
export class Context {
  readonly text: string;
  readonly survey: Survey;
  readonly parts: Parts;
  readonly program: Scope;
  scope: Scope;
  depth = 0;
  /** In the order of the text; a function's place is kept while its body is lowered. */
  readonly functions: (FunctionIr | undefined)[] = [];
  readonly classes: ClassIr[] = [];
  readonly texts: { node: SyntaxNode; value: string }[] = [];

  constructor(text: string, survey: Survey, parts: Parts) {
    this.text = text;
    this.survey = survey;
    this.parts = parts;
    this.program = createScope();
    this.scope = this.program;
  }

  textOf(node: SyntaxNode): string {
    return this.text.slice(node.start, node.end);
  }

  /** Does something in a scope inside the present one. */
  inside<T>(work: () => T): T {
    const outer = this.scope;
    this.scope = createScope(outer);
    try {
      return work();
    } finally {
      this.scope = outer;
    }
  }

  /** The lowered form of an expression; nothing for one that is missing. */
  value(node: SyntaxNode | undefined, at: SyntaxNode, placement?: Placement): Value {
    return node === undefined
      ? { kind: 'opaque', node: at, parts: [] }
      : this.parts.value(node, this, placement);
  }
}
