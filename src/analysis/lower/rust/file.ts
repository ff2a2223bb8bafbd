import type { Binding, ClassIr, FunctionIr, Scope, Statement, Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';

/** A class whose parts are still being found: Rust spreads them over `struct` and any number of `impl`. */
export interface GrowingClass extends ClassIr {
  readonly bases: Value[];
  readonly methods: Map<string, FunctionIr>;
  readonly fields: Map<string, Value | undefined>;
  readonly fieldTypes: Map<string, Value>;
}

/** Where in the file something stands. */
export interface Place {
  readonly scope: Scope;
  /** What `Self` and `self` mean. */
  readonly owner?: { readonly class: GrowingClass; readonly binding: Binding | undefined } | undefined;
  /** Where the innermost loop that is used as a value leaves what it breaks with. */
  readonly breakInto?: Binding | undefined;
  /** How deep in expressions. */
  readonly depth: number;
}

/** What becomes of the value of an expression that stands where statements stand. */
export type Use = 'discard' | 'return' | Binding;

/** One file while it is lowered; its functions are wired in one place, so that the parts need not know each other. */
export interface RustFile {
  readonly text: string;
  readonly functions: FunctionIr[];
  readonly classes: GrowingClass[];
  readonly texts: { readonly node: SyntaxNode; readonly value: string }[];
  /** Parts that only tests run. */
  readonly tests: SyntaxNode[];
  /** Imports made up for `crate::a::f` in the middle of an expression. */
  readonly imports: Map<string, { readonly statement: Statement; readonly binding: Binding }>;
  /** The structs, enums and traits of the file; those of others that it adds to, by name. */
  readonly ownClasses: Map<Binding, GrowingClass>;
  readonly otherClasses: Map<string, GrowingClass>;
  /** Names of all methods that the file itself defines. */
  readonly ownMethods: Set<string>;
  /** Variables that certainly hold a `String`. */
  readonly strings: Set<Binding>;
  readonly root: Scope;
  /** How many more characters may be read as the arguments of macros: within one another they are read again and again. */
  readonly macroText: { left: number };
  textOf(node: SyntaxNode): string;
  expression(node: SyntaxNode, place: Place): Value;
  /** The statements of an expression that stands alone, or ends a block. */
  statements(node: SyntaxNode, place: Place, use: Use): Statement[];
  /** The statements of a block, in a scope of their own. */
  block(node: SyntaxNode | undefined, place: Place, use: Use): Statement[];
  /** What stands in a file, module or block: its items first, since they count in all of it. */
  items(nodes: readonly SyntaxNode[], place: Place): Statement[];
}

/** The children that mean something: all but comments. */
export function partsOf(node: SyntaxNode): readonly SyntaxNode[] {
  return node.children.some(isComment) ? node.children.filter(child => !isComment(child)) : node.children;
}

/** The first part of a node. */
export function innerOf(node: SyntaxNode): SyntaxNode | undefined {
  return node.children.find(child => !isComment(child));
}

export function isComment({ type }: SyntaxNode): boolean {
  return type === 'line_comment' || type === 'block_comment';
}

/** A value of which nothing is known but its parts. */
export function opaque(node: SyntaxNode, parts: readonly Value[] = []): Value {
  return { kind: 'opaque', node, parts };
}

/** A use of a variable that the file knows. */
export function useOf(binding: Binding, node: SyntaxNode): Value {
  return { kind: 'reference', node, name: binding.name, binding };
}

/** A variable nobody wrote, for a value that is needed twice. */
export function fresh(node: SyntaxNode, name = 'value'): Binding {
  return { name, node };
}

/** An assignment to a variable. */
export function assign(binding: Binding, node: SyntaxNode, value: Value | undefined): Statement {
  return { kind: 'assign', node, target: { kind: 'binding', node, binding }, value, operator: '=' };
}

/** A branch. */
export function branch(test: Value, yes: readonly Statement[], no: readonly Statement[] = []): Statement {
  // biome-ignore lint/suspicious/noThenProperty: nobody awaits a statement; the field has the name it has in all languages.
  return { kind: 'if', test, then: yes, otherwise: no };
}
