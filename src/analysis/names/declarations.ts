import type { SyntaxNode } from '../syntax/node.ts';
import { namesInPattern, type PatternReader } from './patterns.ts';
import { ScopeTree, type Write } from './scope.ts';

const FUNCTIONS = new Set([
  'function_declaration',
  'function_expression',
  'generator_function',
  'generator_function_declaration',
  'arrow_function',
  'method_definition',
]);
const BLOCKS = new Set([
  'program',
  'statement_block',
  'for_statement',
  'for_in_statement',
  'catch_clause',
  'switch_body',
  'class_body',
  'class_static_block',
]);

/** What a file declares, and what it assigns to `this.<name>`. */
export interface Declarations {
  readonly scopes: ScopeTree;
  /** Property name → every expression assigned to `this.<name>` or given as a class field. */
  readonly members: ReadonlyMap<string, readonly SyntaxNode[]>;
}

/** Finds all declarations and assignments of a file. `nodes` is every node, parents before their children. */
export function collectDeclarations(nodes: readonly SyntaxNode[], reader: PatternReader): Declarations {
  const scopes = new ScopeTree();
  const members = new Map<string, SyntaxNode[]>();
  const assignments: SyntaxNode[] = [];

  const declarePattern = (scope: SyntaxNode, pattern: SyntaxNode, source: Omit<Write, 'path'>): void => {
    for (const { node, path, fallback } of namesInPattern(pattern, reader)) {
      const name = reader.nameOf(node);
      scopes.declare(scope, name, path === undefined ? { path: [] } : { ...source, path });
      if (fallback) scopes.declare(scope, name, { value: fallback, path: [] });
    }
  };
  const addMember = (name: string | undefined, value: SyntaxNode | undefined): void => {
    if (name === undefined || value === undefined) return;
    const known = members.get(name);
    if (known) known.push(value);
    else members.set(name, [value]);
  };

  for (const node of nodes) {
    switch (node.type) {
      case 'variable_declarator': {
        const name = node.child('name');
        const value = node.child('value');
        if (!name) break;
        const scope = node.parent?.type === 'variable_declaration' ? functionAround(node) : blockAround(node);
        if (value) declarePattern(scope, name, { value });
        else for (const { node: n } of namesInPattern(name, reader)) scopes.declare(scope, reader.nameOf(n));
        break;
      }
      case 'function_declaration':
      case 'generator_function_declaration':
      case 'class_declaration':
      case 'enum_declaration':
      case 'internal_module': {
        const name = node.child('name');
        if (name) scopes.declare(blockAround(node), reader.nameOf(name), { path: [] });
        break;
      }
      case 'function_expression':
      case 'generator_function':
      case 'class': {
        const name = node.child('name');
        if (name) scopes.declare(node, reader.nameOf(name), { path: [] });
        break;
      }
      case 'import_statement':
        declareImports(node, scopes, reader);
        break;
      case 'for_in_statement': {
        const left = node.child('left');
        if (left && node.child('kind')) declarePattern(node, left, {});
        break;
      }
      case 'catch_clause': {
        const parameter = node.child('parameter');
        if (parameter) declarePattern(node, parameter, {});
        break;
      }
      case 'arrow_function': {
        const parameter = node.child('parameter');
        if (parameter) declarePattern(node, parameter, { value: promiseBehind(node, reader) });
        break;
      }
      case 'formal_parameters':
        for (const [index, child] of node.children.entries()) {
          const typed = child.type === 'required_parameter' || child.type === 'optional_parameter';
          const pattern = typed ? child.child('pattern') : child;
          if (!pattern || !node.parent) continue;
          const value = index === 0 ? promiseBehind(node.parent, reader) : undefined;
          declarePattern(node.parent, pattern, { value });
        }
        break;
      case 'assignment_expression':
      case 'augmented_assignment_expression':
        assignments.push(node);
        break;
      case 'field_definition':
      case 'public_field_definition': {
        const key = node.child('property') ?? node.child('name');
        addMember(key && reader.keyOf(key), node.child('value'));
        break;
      }
      default:
        break;
    }
  }

  // Assignments come last, because a function may assign a variable that is declared further down.
  for (const node of assignments) {
    const left = node.child('left');
    if (!left) continue;
    const plain = node.type === 'assignment_expression';
    if (left.type === 'member_expression' && left.child('object')?.type === 'this') {
      const key = left.child('property');
      if (plain) addMember(key && reader.keyOf(key), node.child('right'));
      continue;
    }
    for (const { node: target, path } of namesInPattern(left, reader)) {
      const binding = scopes.lookup(reader.nameOf(target), target);
      const known = plain && path !== undefined;
      binding?.writes.push(known ? { value: node.child('right'), path } : { path: [] });
    }
  }
  return { scopes, members };
}

function declareImports(node: SyntaxNode, scopes: ScopeTree, reader: PatternReader): void {
  const program = functionAround(node);
  const requireClause = node.children.find(child => child.type === 'import_require_clause');
  const source = (requireClause ?? node).child('source');
  const module = source && reader.keyOf(source);
  if (module === undefined) return;
  const declare = (name: SyntaxNode | undefined, path: readonly string[]): void => {
    if (name) scopes.declare(program, reader.nameOf(name), { module, path });
  };
  if (requireClause) declare(requireClause.inner, []);
  for (const clause of node.children) {
    if (clause.type !== 'import_clause') continue;
    for (const part of clause.children) {
      if (part.type === 'identifier') declare(part, ['default']);
      else if (part.type === 'namespace_import') declare(part.inner, []);
      else if (part.type === 'named_imports') {
        for (const specifier of part.children) {
          const name = specifier.child('name');
          const imported = name && reader.keyOf(name);
          if (imported !== undefined) declare(specifier.child('alias') ?? name, [imported]);
        }
      }
    }
  }
}

/** The promise whose result a function gets: `p` for the function in `p.then(…)`. */
function promiseBehind(node: SyntaxNode, reader: PatternReader): SyntaxNode | undefined {
  const call = node.parent?.parent;
  if (node.parent?.type !== 'arguments' || node.parent.inner !== node) return undefined;
  const callee = call?.child('function');
  const property = callee?.child('property');
  return property && reader.nameOf(property) === 'then' ? callee?.child('object') : undefined;
}

function functionAround(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (at.parent) {
    at = at.parent;
    if (FUNCTIONS.has(at.type) || at.type === 'class_static_block') return at;
  }
  return at;
}

function blockAround(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (at.parent) {
    at = at.parent;
    if (BLOCKS.has(at.type) || FUNCTIONS.has(at.type)) return at;
  }
  return at;
}
