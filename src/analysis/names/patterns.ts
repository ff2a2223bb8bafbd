import type { SyntaxNode } from '../syntax/node.ts';

/** One name inside a pattern: where it stands, the properties that lead to it, and its default. */
export interface PatternName {
  readonly node: SyntaxNode;
  /** `undefined` when the way there is not made of constant property names (arrays, rest, computed keys). */
  readonly path: readonly string[] | undefined;
  readonly fallback: SyntaxNode | undefined;
}

/** What reads source text for the pattern: names and constant keys. */
export interface PatternReader {
  nameOf(node: SyntaxNode): string;
  keyOf(node: SyntaxNode): string | undefined;
}

/** All names that a declaration or an assignment target introduces, through any nesting of destructuring. */
export function namesInPattern(pattern: SyntaxNode, reader: PatternReader): PatternName[] {
  const found: PatternName[] = [];
  const pending: PatternName[] = [{ node: pattern, path: [], fallback: undefined }];
  for (let item = pending.pop(); item; item = pending.pop()) {
    const { node, path, fallback } = item;
    switch (node.type) {
      case 'identifier':
      case 'shorthand_property_identifier_pattern':
      case 'type_identifier':
        found.push(item);
        break;
      case 'object_pattern':
        for (const child of node.children) pending.push(memberOf(child, path, reader));
        break;
      case 'assignment_pattern':
      case 'object_assignment_pattern': {
        const left = node.child('left');
        if (left) pending.push({ node: left, path, fallback: node.child('right') ?? fallback });
        break;
      }
      case 'array_pattern':
      case 'rest_pattern':
        for (const child of node.children)
          pending.push({ node: child, path: undefined, fallback: undefined });
        break;
      default:
        break;
    }
  }
  return found;
}

function memberOf(child: SyntaxNode, path: PatternName['path'], reader: PatternReader): PatternName {
  if (child.type === 'shorthand_property_identifier_pattern') {
    return { node: child, path: path && [...path, reader.nameOf(child)], fallback: undefined };
  }
  if (child.type === 'object_assignment_pattern') {
    const left = child.child('left');
    const name = left && reader.nameOf(left);
    return {
      node: child,
      path: path && name !== undefined ? [...path, name] : undefined,
      fallback: undefined,
    };
  }
  if (child.type === 'pair_pattern') {
    const key = child.child('key');
    const name = key && reader.keyOf(key);
    const value = child.child('value') ?? child;
    return {
      node: value,
      path: path && name !== undefined ? [...path, name] : undefined,
      fallback: undefined,
    };
  }
  return { node: child, path: undefined, fallback: undefined };
}
