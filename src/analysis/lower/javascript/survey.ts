import { decodeName } from '../../syntax/literal.ts';
import type { SyntaxNode } from '../../syntax/node.ts';

/** What has to be known of the whole file before its parts are lowered. */
export interface Survey {
  readonly comments: readonly SyntaxNode[];
  /** Names of the outermost scope that other files can have. */
  readonly exported: ReadonlySet<string>;
  /** Plain names that are assigned somewhere, declared or not. */
  readonly assigned: ReadonlySet<string>;
}

/** Walks the file once. */
export function surveyFile(root: SyntaxNode, text: string): Survey {
  const comments: SyntaxNode[] = [];
  const exported = new Set<string>();
  const assigned = new Set<string>();
  const nameOf = (node: SyntaxNode): string => decodeName(text.slice(node.start, node.end));
  const pending: SyntaxNode[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    switch (node.type) {
      case 'comment':
        comments.push(node);
        continue;
      case 'export_specifier': {
        const name = node.child('name');
        if (name && node.parent?.parent?.child('source') === undefined) exported.add(nameOf(name));
        continue;
      }
      case 'export_statement': {
        const only = node.child('value') ?? node.inner;
        if (only?.type === 'identifier') exported.add(nameOf(only));
        break;
      }
      case 'assignment_expression': {
        const left = node.child('left');
        const right = node.child('right');
        if (left?.type === 'identifier') assigned.add(nameOf(left));
        else if (left && /_pattern$/.test(left.type)) {
          for (const child of left.children) if (/identifier/.test(child.type)) assigned.add(nameOf(child));
        } else if (left && right && isExports(left, text)) namesHandedOut(right, exported, nameOf);
        break;
      }
      case 'for_in_statement': {
        const left = node.child('left');
        if (left?.type === 'identifier' && node.child('kind') === undefined) assigned.add(nameOf(left));
        break;
      }
      default:
        break;
    }
    const { children } = node;
    for (let index = children.length - 1; index >= 0; index--) {
      const child = children[index];
      if (child && (child.children.length > 0 || child.type === 'comment')) pending.push(child);
    }
  }
  return { comments, exported, assigned };
}

/** `module.exports`, `exports.x`, `module.exports.x`. */
export function isExports(left: SyntaxNode, text: string): boolean {
  if (left.type !== 'member_expression' || left.end - left.start > 200) return false;
  return /^(?:module\s*\.\s*exports|exports\s*\.)/.test(text.slice(left.start, left.end));
}

function namesHandedOut(value: SyntaxNode, into: Set<string>, nameOf: (node: SyntaxNode) => string): void {
  if (value.type === 'identifier') into.add(nameOf(value));
  if (value.type !== 'object') return;
  for (const child of value.children) {
    if (child.type === 'shorthand_property_identifier') into.add(nameOf(child));
    const inner = child.child('value');
    if (inner?.type === 'identifier') into.add(nameOf(inner));
  }
}
