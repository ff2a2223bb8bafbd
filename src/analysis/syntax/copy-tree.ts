import type { Tree } from 'web-tree-sitter';
import { SyntaxNode } from './node.ts';

/** Deeper than any program a person writes; protects everything downstream that recurses over the tree. */
const MAX_DEPTH = 5_000;

/**
 * Copies a parsed tree into plain objects in one pass: afterwards rules look around at the speed of property reads,
 * where every question to the parser costs a call into WebAssembly.
 *
 * Returns `undefined` when the tree is nested deeper than anything reasonable.
 */
export function copyTree(tree: Tree): SyntaxNode | undefined {
  const { types, fields } = tree.language;
  const cursor = tree.walk();
  try {
    const root = new SyntaxNode('program', undefined, cursor.startIndex, cursor.endIndex, undefined);
    const parents: SyntaxNode[] = [];
    let parent = root;
    if (!cursor.gotoFirstChild()) return root;
    for (;;) {
      const named = cursor.nodeIsNamed;
      const fieldId = cursor.currentFieldId;
      if (named || fieldId !== 0) {
        const type = types[cursor.nodeTypeId] ?? 'ERROR';
        const field = fields[fieldId] ?? undefined;
        const node = new SyntaxNode(type, field, cursor.startIndex, cursor.endIndex, parent);
        parent.children.push(node);
        if (cursor.gotoFirstChild()) {
          if (parents.length >= MAX_DEPTH) return undefined;
          parents.push(parent);
          parent = node;
          continue;
        }
      }
      while (!cursor.gotoNextSibling()) {
        const above = parents.pop();
        if (above === undefined || !cursor.gotoParent()) return root;
        parent = above;
      }
    }
  } finally {
    cursor.delete();
  }
}
