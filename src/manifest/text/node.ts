/** Offsets into the text, in UTF-16 code units; `end` is the first outside. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A key and its value in an object. */
export interface ManifestProperty {
  readonly key: string;
  /** Where the key stands, quotes included. */
  readonly keySpan: Span;
  readonly value: ManifestNode;
}

interface NodeBase extends Span {
  /** How many values it holds, itself included, with every alias counted out. */
  readonly size: number;
}

/**
 * One value of a manifest with its place in the text; the same for JSON and YAML. A YAML alias is the node of its
 * anchor, so that one node may hang in several places.
 */
export type ManifestNode =
  | (NodeBase & { readonly kind: 'object'; readonly properties: readonly ManifestProperty[] })
  | (NodeBase & { readonly kind: 'array'; readonly items: readonly ManifestNode[] })
  | (NodeBase & { readonly kind: 'scalar'; readonly value: string | number | boolean | null });

/** A problem found while reading the text; becomes a finding once the file is known. */
export interface TextProblem extends Span {
  readonly code: 'SYNTAX' | 'SIZE' | 'ENCODING' | 'DEPTH' | 'ALIAS' | 'KEY' | 'COMMENT' | 'TRAILING-COMMA';
  readonly message: string;
  /** Text that removes the problem when put in place of the span. */
  readonly replacement?: string;
}

/** What comes of reading a text: `root` is absent when there is no value to speak of. */
export interface ParsedText {
  readonly root: ManifestNode | undefined;
  readonly problems: readonly TextProblem[];
}

/** Deepest nesting of objects and lists that is read. */
export const maxDepth = 64;
/** Longest text that is read, in UTF-8 bytes. */
export const maxTextBytes = 1024 * 1024;

/** The plain value of a node. A repeated key takes its last value, as in `JSON.parse`; `__proto__` is a key like any other. */
export function plainValue(node: ManifestNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'array':
      return node.items.map(plainValue);
    case 'object':
      // Object.fromEntries defines properties, where an assignment to `__proto__` would change the prototype.
      return Object.fromEntries(node.properties.map(property => [property.key, plainValue(property.value)]));
  }
}

/** Total of the sizes of nodes, plus one for what holds them. */
export function sizeOf(nodes: readonly ManifestNode[]): number {
  return nodes.reduce((sum, node) => sum + node.size, 1);
}
