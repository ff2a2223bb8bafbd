import type { SyntaxNode } from '../syntax/node.ts';

/**
 * One variable, parameter, function, class or import of a file. Two variables of the same name are two bindings: the
 * lowering of each language knows its scopes, nobody after it asks for names again.
 */
export interface Binding {
  readonly name: string;
  /** Where it is declared; `undefined` for one that is only ever assigned (Python's globals, JavaScript's sloppy ones). */
  readonly node: SyntaxNode | undefined;
}

/** A block or function and what is declared in it. */
export interface Scope {
  readonly parent: Scope | undefined;
  /** The binding of a name, here or further out; `undefined` for a name the file doesn't declare. */
  lookup(name: string): Binding | undefined;
  /** Declares a name here; twice gives the same binding. */
  declare(name: string, node: SyntaxNode | undefined): Binding;
  /** The scope itself alone, without those around it. */
  own(name: string): Binding | undefined;
}

/** A scope inside `parent`, or the outermost one. */
export function createScope(parent?: Scope): Scope {
  // Most blocks declare nothing.
  let bindings: Map<string, Binding> | undefined;
  return {
    parent,
    own: name => bindings?.get(name),
    lookup: name => bindings?.get(name) ?? parent?.lookup(name),
    declare: (name, node) => {
      bindings ??= new Map();
      let binding = bindings.get(name);
      if (binding === undefined) {
        binding = { name, node };
        bindings.set(name, binding);
      }
      return binding;
    },
  };
}
