import type { Tree } from 'web-tree-sitter';
import { SyntaxNode } from './node.ts';

/** Deeper than any program a person writes; protects everything downstream that recurses over the tree. */
const MAX_DEPTH = 5_000;

/** Types that never have children in any of the grammars; asking costs a call into WebAssembly each time. */
const LEAVES: ReadonlySet<string> = new Set([
  'identifier',
  'property_identifier',
  'field_identifier',
  'type_identifier',
  'package_identifier',
  'shorthand_property_identifier',
  'shorthand_property_identifier_pattern',
  'private_property_identifier',
  'string_fragment',
  'number',
  'integer',
]);

/**
 * Copies a parsed tree into plain objects in one pass: afterwards rules look around at the speed of property reads,
 * where every question to the parser costs a call into WebAssembly.
 *
 * Returns every node, parents before children and in the order of the text, the root first; `undefined` when the tree
 * is nested deeper than anything reasonable.
 */
export function copyTree(tree: Tree): SyntaxNode[] | undefined {
  const { types, fields } = tree.language;
  const cursor = tree.walk();
  // The same few hundred answers over and over; each would be a call into WebAssembly.
  const named: (boolean | undefined)[] = [];
  const isNamed = (typeId: number): boolean => {
    named[typeId] ??= typeId >= types.length || tree.language.nodeTypeIsNamed(typeId);
    return named[typeId];
  };
  try {
    const root = new SyntaxNode('program', undefined, cursor.startIndex, cursor.endIndex, undefined);
    const nodes = [root];
    const parents: SyntaxNode[] = [];
    let parent = root;
    if (!cursor.gotoFirstChild()) return nodes;
    for (;;) {
      const typeId = cursor.nodeTypeId;
      const fieldId = cursor.currentFieldId;
      if (isNamed(typeId) || fieldId !== 0) {
        const type = types[typeId] ?? 'ERROR';
        const field = fields[fieldId] ?? undefined;
        const node = new SyntaxNode(type, field, cursor.startIndex, cursor.endIndex, parent);
        parent.append(node);
        nodes.push(node);
        if (!LEAVES.has(type) && cursor.gotoFirstChild()) {
          if (parents.length >= MAX_DEPTH) return undefined;
          parents.push(parent);
          parent = node;
          continue;
        }
      }
      while (!cursor.gotoNextSibling()) {
        const above = parents.pop();
        parent.seal();
        if (above === undefined || !cursor.gotoParent()) return nodes;
        parent = above;
      }
    }
  } finally {
    cursor.delete();
  }
}
