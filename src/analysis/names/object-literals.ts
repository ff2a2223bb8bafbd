import type { SyntaxNode } from '../syntax/node.ts';

/** Names in a row that stand for one another, before the search for a literal ends. */
const MAX_NAMES = 40;

/** What the search for properties needs to know about the rest of the file. */
interface LiteralContext {
  keyOf(node: SyntaxNode): string | undefined;
  onlyIdentifierValue(identifier: SyntaxNode): SyntaxNode | undefined;
}

/** Looks up properties in the object literals of a file. */
export class ObjectLiterals {
  readonly #context: LiteralContext;
  readonly #properties = new Map<SyntaxNode, Map<string, SyntaxNode>>();

  constructor(context: LiteralContext) {
    this.#context = context;
  }

  /** Drops what was remembered; for when the names of the file become known. */
  forget(): void {
    this.#properties.clear();
  }

  /** The value at a path into an object literal, or into a name for one; `undefined` when it is not spelled out. */
  propertyAt(object: SyntaxNode, path: readonly string[]): SyntaxNode | undefined {
    let value: SyntaxNode | undefined = object;
    for (const name of path) {
      const literal: SyntaxNode | undefined = value && this.#literalOf(value);
      value = literal && this.#propertiesOf(literal).get(name);
    }
    return value;
  }

  /** The properties an object literal spells out; indexed once, because a table can have thousands. */
  #propertiesOf(literal: SyntaxNode): ReadonlyMap<string, SyntaxNode> {
    let properties = this.#properties.get(literal);
    if (properties === undefined) {
      properties = new Map();
      this.#properties.set(literal, properties);
      for (const child of literal.children) {
        const key = child.type === 'shorthand_property_identifier' ? child : child.child('key');
        const name = key && this.#context.keyOf(key);
        if (name !== undefined) properties.set(name, child.child('value') ?? child);
      }
    }
    return properties;
  }

  #literalOf(node: SyntaxNode): SyntaxNode | undefined {
    let at: SyntaxNode | undefined = node;
    for (let step = 0; at && step < MAX_NAMES; step++) {
      if (at.type === 'object') return at;
      if (at.type === 'identifier') at = this.#context.onlyIdentifierValue(at);
      else if (/^(?:parenthesized|as|satisfies|non_null)_expression$/.test(at.type)) at = at.inner;
      else return undefined;
    }
    return undefined;
  }
}
