import { type Names, operandsOfSum } from './names/index.ts';
import type { SyntaxNode } from './syntax/node.ts';

/** What can be told about a path without running the program. */
export interface PathShape {
  /** A segment of it is `..`. */
  readonly climbs: boolean;
  /** A part can differ from run to run; the folder of the module itself does not count. */
  readonly variable: boolean;
}

const JOINERS = new Set([
  'module:path.join',
  'module:path.resolve',
  'module:path.normalize',
  'module:url.fileURLToPath',
  'global.URL',
  'module:url.URL',
  'module:url.pathToFileURL',
]);
const ANCHORS = new Set(['global.__dirname', 'global.__filename', 'global.process.cwd']);

/** More parts than any path that a person writes. */
const MAX_PARTS = 64;

/** Stands for a part that is not known. */
const UNKNOWN = '\0';

/** Looks through concatenation, templates, `path.join` and single-assignment names. */
export function shapeOfPath(node: SyntaxNode, names: Names): PathShape {
  const parts: string[] = [];
  let variable = false;
  let budget = MAX_PARTS;

  const visit = (part: SyntaxNode): void => {
    if (budget-- <= 0) return;
    const constant = names.constantOf(part);
    if (constant !== undefined) {
      parts.push(String(constant));
      return;
    }
    const inside = partsOf(part, names);
    if (inside !== undefined) {
      inside.nodes.forEach((child, index) => {
        if (index > 0 && inside.separated) parts.push('/');
        visit(child);
      });
      return;
    }
    const anchor = isAnchor(part, names);
    variable ||= !anchor;
    parts.push(UNKNOWN);
  };
  visit(node);
  return { climbs: /(?:^|[\\/])\.\.(?:[\\/]|$)/.test(parts.join('')), variable };
}

function partsOf(
  node: SyntaxNode,
  names: Names,
): { nodes: readonly SyntaxNode[]; separated: boolean } | undefined {
  switch (node.type) {
    case 'binary_expression':
      return node.child('operator')?.type === '+'
        ? { nodes: operandsOfSum(node), separated: false }
        : undefined;
    case 'template_string':
    case 'template_substitution':
      return { nodes: node.children.filter(child => child.type !== 'comment'), separated: false };
    case 'identifier': {
      const value = names.onlyValueOf(node);
      return value && { nodes: [value], separated: false };
    }
    case 'parenthesized_expression':
    case 'await_expression':
      return { nodes: node.children.filter(child => child.type !== 'comment'), separated: false };
    case 'call_expression':
    case 'new_expression': {
      const callee = node.child(node.type === 'new_expression' ? 'constructor' : 'function');
      const path = callee && names.pathOf(callee);
      if (path === undefined || !JOINERS.has(path)) return undefined;
      return { nodes: node.child('arguments')?.children ?? [], separated: true };
    }
    default:
      return undefined;
  }
}

function isAnchor(node: SyntaxNode, names: Names): boolean {
  if (node.type === 'meta_property') return true;
  if (node.type === 'member_expression') {
    const object = node.child('object');
    if (object?.type === 'meta_property') return true;
  }
  const called = node.type === 'call_expression' ? node.child('function') : node;
  const path = called && names.pathOf(called);
  return path !== undefined && ANCHORS.has(path);
}
