import {
  type Binding,
  type ClassIr,
  createScope,
  type FunctionIr,
  type Scope,
  type Statement,
  type Value,
} from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';

/** Deeper than anything a person writes; what is nested deeper becomes one opaque value. */
export const MAX_NESTING = 400;

/** How the parts of the lowering reach one another: statements hold expressions, lambdas hold statements, and so on. */
export interface Parts {
  value(node: SyntaxNode, context: Context): Value;
  statement(node: SyntaxNode, context: Context, into: Statement[]): void;
  /** A `def` as a value; declared names are the caller's business. */
  define(node: SyntaxNode, decorators: readonly Value[], context: Context, owner?: ClassIr): FunctionIr;
}

/** All that the lowering of one file hands down and gathers. */
export class Context {
  readonly text: string;
  readonly parts: Parts;
  readonly functions: FunctionIr[] = [];
  readonly classes: ClassIr[] = [];
  readonly texts: { readonly node: SyntaxNode; readonly value: string }[] = [];
  /** What imported names stand for, such as `os.path` or `importlib.import_module`. */
  readonly origins = new Map<Binding, string>();
  /** The first parameters of class methods, which stand for the class. */
  readonly classParameters = new Map<Binding, Binding>();
  scope: Scope = createScope();
  /** The scope of the function or module around, where `:=` declares. */
  home: Scope = this.scope;
  /** What functions written here see; unlike `scope` never that of a class. */
  around: Scope = this.scope;
  /** The route that the function around answers, such as `app.get`; what it returns is the response. */
  responds: Value | undefined;
  /** How many functions and classes stand around the place. */
  level = 0;
  depth = 0;

  constructor(text: string, parts: Parts) {
    this.text = text;
    this.parts = parts;
  }

  textOf(node: SyntaxNode): string {
    return this.text.slice(node.start, node.end);
  }

  value(node: SyntaxNode | undefined, at: SyntaxNode): Value {
    if (node === undefined || this.depth > MAX_NESTING)
      return { kind: 'opaque', node: node ?? at, parts: [] };
    this.depth++;
    const value = this.parts.value(node, this);
    this.depth--;
    return value;
  }

  /** Adds what a statement does; nothing when it is nested too deeply. */
  statement(node: SyntaxNode, into: Statement[]): void {
    if (this.depth > MAX_NESTING) return;
    this.depth++;
    this.parts.statement(node, this, into);
    this.depth--;
  }

  /** The statements of a block. */
  block(node: SyntaxNode | undefined): Statement[] {
    const into: Statement[] = [];
    for (const child of node?.children ?? []) this.statement(child, into);
    return into;
  }

  /** Lowers something inside other scopes. */
  within<Result>(
    scopes: Partial<Pick<Context, 'scope' | 'home' | 'around' | 'responds'>>,
    lower: () => Result,
  ): Result {
    const { scope, home, around, responds } = this;
    Object.assign(this, scopes);
    try {
      return lower();
    } finally {
      Object.assign(this, { scope, home, around, responds });
    }
  }

  /** What a name is used as. */
  reference(node: SyntaxNode, name: string): Value {
    const binding = this.scope.lookup(name);
    const ofClass = binding && this.classParameters.get(binding);
    if (ofClass) return { kind: 'reference', node, name: ofClass.name, binding: ofClass };
    return { kind: 'reference', node, name, binding };
  }

  /** A builtin, also where the file has a variable of its name. */
  builtin(node: SyntaxNode, name: string): Value {
    return { kind: 'reference', node, name, binding: undefined };
  }

  /** Some value nothing is known of. */
  opaque(node: SyntaxNode, parts: readonly Value[] = []): Value {
    return { kind: 'opaque', node, parts };
  }

  /** A variable that stands in no source, for values that are built up. */
  temporary(node: SyntaxNode, name: string): Binding {
    return createScope().declare(name, node);
  }

  /** The dotted path of a name or attribute as far as imports and builtins tell: `importlib.import_module`. */
  originOf(value: Value): string | undefined {
    if (value.kind === 'reference') {
      return value.binding === undefined ? `builtins.${value.name}` : this.origins.get(value.binding);
    }
    if (value.kind !== 'member') return undefined;
    const object = this.originOf(value.object);
    return object === undefined ? undefined : `${object}.${value.key}`;
  }
}

/** The module's scope of a scope. */
export function outermost(scope: Scope): Scope {
  let current = scope;
  while (current.parent !== undefined) current = current.parent;
  return current;
}
