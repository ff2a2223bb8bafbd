import type { Scope } from '../../ir/index.ts';
import { decodeName } from '../../syntax/literal.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { Context } from './context.ts';

/** Statements that may hold `var` declarations, or statements that do. */
const HOLDERS = new Set([
  'statement_block',
  'if_statement',
  'else_clause',
  'for_statement',
  'for_in_statement',
  'while_statement',
  'do_statement',
  'try_statement',
  'catch_clause',
  'finally_clause',
  'switch_statement',
  'switch_body',
  'switch_case',
  'switch_default',
  'labeled_statement',
  'with_statement',
  'export_statement',
]);

/** Declares what `let`, `const`, `class` and `function` declare directly in a block. */
export function hoistBlock(nodes: readonly SyntaxNode[], cx: Context): void {
  for (const node of nodes) hoistStatement(node, cx);
}

function hoistStatement(node: SyntaxNode, cx: Context): void {
  switch (node.type) {
    case 'lexical_declaration':
      declareAll(node, cx.scope, cx);
      break;
    case 'function_declaration':
    case 'generator_function_declaration':
    case 'class_declaration':
    case 'abstract_class_declaration':
    case 'enum_declaration':
    case 'internal_module': {
      const name = node.child('name');
      if (name?.type === 'identifier' || name?.type === 'type_identifier') {
        cx.scope.declare(decodeName(cx.textOf(name)), name);
      }
      break;
    }
    case 'import_alias': {
      const name = node.inner;
      if (name) cx.scope.declare(cx.textOf(name), name);
      break;
    }
    case 'export_statement': {
      const declaration = node.child('declaration') ?? node.inner;
      // `export { x }` and `export default x` declare nothing.
      if (declaration?.type.endsWith('declaration') || declaration?.type === 'internal_module') {
        hoistStatement(declaration, cx);
      }
      break;
    }
    case 'expression_statement':
      if (node.inner?.type === 'internal_module') hoistStatement(node.inner, cx);
      break;
    case 'import_statement':
      hoistImport(node, cx);
      break;
    default:
      break;
  }
}

function hoistImport(node: SyntaxNode, cx: Context): void {
  const declare = (name: SyntaxNode | undefined): void => {
    if (name) cx.scope.declare(decodeName(cx.textOf(name)), name);
  };
  for (const clause of node.children) {
    if (clause.type === 'import_require_clause') declare(clause.inner);
    if (clause.type !== 'import_clause') continue;
    for (const part of clause.children) {
      if (part.type === 'identifier') declare(part);
      else if (part.type === 'namespace_import') declare(part.inner);
      else if (part.type === 'named_imports') {
        for (const one of part.children) declare(one.child('alias') ?? one.child('name'));
      }
    }
  }
}

/** Declares what `var` declares anywhere in a function (or the file), nested functions left out. */
export function hoistVars(nodes: readonly SyntaxNode[], scope: Scope, cx: Context): void {
  const pending = [...nodes];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.type === 'variable_declaration') declareAll(node, scope, cx);
    else if (HOLDERS.has(node.type)) {
      if (node.type === 'for_in_statement') {
        const left = node.child('left');
        if (left && node.child('kind')?.type === 'var') declarePattern(left, scope, cx);
      }
      for (const child of node.children) pending.push(child);
    }
  }
}

function declareAll(declaration: SyntaxNode, scope: Scope, cx: Context): void {
  for (const child of declaration.children) {
    const name = child.type === 'variable_declarator' ? child.child('name') : undefined;
    if (name) declarePattern(name, scope, cx);
  }
}

/** Declares every name that a pattern binds. */
export function declarePattern(pattern: SyntaxNode, scope: Scope, cx: Context): void {
  const pending = [pattern];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    switch (node.type) {
      case 'identifier':
      case 'shorthand_property_identifier_pattern':
        scope.declare(decodeName(cx.textOf(node)), node);
        break;
      case 'pair_pattern': {
        const value = node.child('value');
        if (value) pending.push(value);
        break;
      }
      case 'assignment_pattern':
      case 'object_assignment_pattern': {
        const left = node.child('left');
        if (left) pending.push(left);
        break;
      }
      case 'object_pattern':
      case 'array_pattern':
      case 'rest_pattern':
        for (const child of node.children) pending.push(child);
        break;
      default:
        break;
    }
  }
}
