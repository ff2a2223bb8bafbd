import type {
  Binding,
  ClassIr,
  FunctionIr,
  OpaqueValue,
  ReferenceValue,
  Scope,
  Statement,
  Target,
  Value,
} from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';

/** Deeper expressions and blocks than this are not looked into; people stay below thirty. */
export const MAX_DEPTH = 400;

/** What is known of a variable while its file is lowered; kept apart from the bindings, which are all downstream sees. */
export interface VariableFacts {
  /** Stands for the method's receiver. */
  readonly isReceiver?: boolean;
  /** A `strings.Builder` or `bytes.Buffer` that is lowered to the text it holds. */
  readonly isBuilder?: boolean;
  /** A channel, whose rounds in a loop are its values. */
  readonly isChannel?: boolean;
  /** Holds an address or a buffer, so a call it is handed to may fill it. */
  readonly isPointer?: boolean;
  /** What an `ok` says: the test it was the second result of. */
  readonly test?: Value;
  /** The module an import names. */
  readonly module?: string;
  /** The members of the type it names: `undefined` for what is no type. */
  readonly type?: TypeFacts;
}

/** A type the file declares. */
export interface TypeFacts {
  readonly kind: 'struct' | 'interface' | 'other';
  /** Of a struct, in order; embedded types under their own name. */
  readonly fields: readonly string[];
  readonly fieldTypes: ReadonlyMap<string, SyntaxNode>;
}

/** The state of lowering one file, and the way each part reaches the others. */
export interface GoContext {
  readonly text: string;
  readonly functions: FunctionIr[];
  readonly classes: ClassIr[];
  readonly texts: { readonly node: SyntaxNode; readonly value: string }[];
  readonly facts: Map<Binding, VariableFacts>;
  /** The classes of the file by the name of their type, for the methods. */
  readonly classByName: Map<string, ClassIr>;
  /** How deep the lowering is in expressions and blocks. */
  depth: number;
  /** The value `iota` has in the constant that is being lowered. */
  iota: number;
  /** The named results of the function that is being lowered; what a bare `return` gives. */
  results: readonly Binding[];
  value(node: SyntaxNode | undefined, scope: Scope): Value;
  target(node: SyntaxNode, scope: Scope): Target | undefined;
  block(node: SyntaxNode | undefined, scope: Scope): Statement[];
  statement(node: SyntaxNode, scope: Scope): Statement[];
  function(node: SyntaxNode, scope: Scope, name: string | undefined): FunctionIr;
}

/** The source text of a node. */
export function textOf(context: GoContext, node: SyntaxNode): string {
  return context.text.slice(node.start, node.end);
}

/** A value of which nothing but its parts is known. */
export function opaque(node: SyntaxNode, parts: readonly Value[] = []): OpaqueValue {
  return { kind: 'opaque', node, parts };
}

/** A use of a variable or another name. */
export function reference(node: SyntaxNode, name: string, scope: Scope): ReferenceValue {
  return { kind: 'reference', node, name, binding: scope.lookup(name) };
}

/** The children that fill a field, without the commas that the grammar puts among them. */
export function childrenOf(node: SyntaxNode, field: string): SyntaxNode[] {
  return node.children.filter(child => child.field === field && child.type !== ',');
}

/** The children that are code. */
export function codeIn(node: SyntaxNode | undefined): SyntaxNode[] {
  return node === undefined ? [] : node.children.filter(child => child.type !== 'comment');
}

/** The module a name stands for when it is an import's. */
export function moduleOf(context: GoContext, name: string, scope: Scope): string | undefined {
  const binding = scope.lookup(name);
  return binding === undefined ? undefined : context.facts.get(binding)?.module;
}

/** `package.Name` of a value or callee that is a member of an import, with the module's path in full. */
export function importedName(
  context: GoContext,
  node: SyntaxNode | undefined,
  scope: Scope,
): string | undefined {
  if (node?.type !== 'selector_expression') return undefined;
  const operand = node.child('operand');
  const field = node.child('field');
  if (operand?.type !== 'identifier' || field === undefined) return undefined;
  const module = moduleOf(context, textOf(context, operand), scope);
  return module === undefined ? undefined : `${module}.${textOf(context, field)}`;
}
