import type { SyntaxNode } from '../syntax/node.ts';

/**
 * One way a name gets its value: a path of property names into an expression, or into a module.
 * Without `value` and `module` the value can't be known (a parameter, a loop variable).
 */
export interface Write {
  readonly value?: SyntaxNode | undefined;
  readonly module?: string | undefined;
  readonly path: readonly string[];
}

/** A declared name with everything that is ever assigned to it in the file. */
export interface Binding {
  readonly name: string;
  readonly writes: Write[];
}

/** The names one function, block or file declares. */
export class Scope {
  readonly names = new Map<string, Binding>();

  declare(name: string, write?: Write): void {
    const known = this.names.get(name);
    if (known === undefined) this.names.set(name, { name, writes: write ? [write] : [] });
    else if (write) known.writes.push(write);
  }
}

/** The declared names of a file, found from the place where a name is used. */
export class ScopeTree {
  readonly #scopes = new Map<SyntaxNode, Scope>();
  readonly #declared = new Set<string>();

  /** The scope a node opens; made on the first request. */
  open(node: SyntaxNode): Scope {
    let scope = this.#scopes.get(node);
    if (scope === undefined) {
      scope = new Scope();
      this.#scopes.set(node, scope);
    }
    return scope;
  }

  declare(scopeNode: SyntaxNode, name: string, write?: Write): void {
    this.#declared.add(name);
    this.open(scopeNode).declare(name, write);
  }

  /** The binding a name means at a node; `undefined` for a global. */
  lookup(name: string, at: SyntaxNode): Binding | undefined {
    // Most identifiers a rule asks about are globals; they need no walk up the tree.
    if (!this.#declared.has(name)) return undefined;
    for (let node: SyntaxNode | undefined = at; node; node = node.parent) {
      const binding = this.#scopes.get(node)?.names.get(name);
      if (binding !== undefined) return binding;
    }
    return undefined;
  }
}
