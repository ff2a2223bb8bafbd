import type { Scope } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';

/**
 * Declares every name that a function, class or module assigns anywhere in it: in Python that makes the name its own
 * from the first line on. Functions and classes inside are not entered.
 */
export function declareNames(body: SyntaxNode, scope: Scope, outermost: Scope, text: string): void {
  const foreign = new Set<string>();
  const waiting = [...body.children].reverse();
  const names: SyntaxNode[] = [];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    switch (node.type) {
      case 'global_statement':
      case 'nonlocal_statement':
        for (const child of node.children) {
          const name = text.slice(child.start, child.end);
          foreign.add(name);
          if (node.type === 'global_statement') outermost.declare(name, undefined);
        }
        continue;
      case 'function_definition':
      case 'class_definition': {
        const name = node.child('name');
        if (name) names.push(name);
        continue;
      }
      case 'import_statement':
      case 'import_from_statement':
      case 'future_import_statement':
        importedNames(node, names);
        continue;
      case 'assignment':
      case 'augmented_assignment': {
        targetNames(node.child('left'), names);
        const right = node.child('right');
        if (right?.type === 'assignment' || right?.type === 'augmented_assignment') waiting.push(right);
        continue;
      }
      case 'for_statement':
        targetNames(node.child('left'), names);
        break;
      case 'as_pattern_target':
        for (const child of node.children) targetNames(child, names);
        continue;
      case 'case_clause':
        for (const child of node.children) if (child.type === 'case_pattern') capturedNames(child, names);
        break;
      default:
        break;
    }
    if (!holdsStatements(node.type)) continue;
    for (let i = node.children.length - 1; i >= 0; i--) {
      const child = node.children[i];
      if (child) waiting.push(child);
    }
  }
  for (const node of names) {
    const name = text.slice(node.start, node.end);
    if (!foreign.has(name)) scope.declare(name, node);
  }
}

const HOLDERS = new Set([
  'block',
  'expression_statement',
  'decorated_definition',
  'if_statement',
  'elif_clause',
  'else_clause',
  'for_statement',
  'while_statement',
  'try_statement',
  'except_clause',
  'except_group_clause',
  'finally_clause',
  'with_statement',
  'with_clause',
  'with_item',
  'as_pattern',
  'tuple',
  'match_statement',
  'case_clause',
  'ERROR',
]);

function holdsStatements(type: string): boolean {
  return HOLDERS.has(type);
}

/** The names that an assignment's left side or a loop's variable binds. */
export function targetNames(node: SyntaxNode | undefined, into: SyntaxNode[]): void {
  if (node === undefined) return;
  if (node.type === 'identifier') into.push(node);
  else if (
    /^(?:pattern_list|tuple_pattern|list_pattern|list_splat_pattern|expression_list|tuple|list|parenthesized_expression)$/.test(
      node.type,
    )
  ) {
    for (const child of node.children) targetNames(child, into);
  }
}

function importedNames(node: SyntaxNode, into: SyntaxNode[]): void {
  for (const child of node.children) {
    if (child.field !== 'name') continue;
    const name = child.type === 'aliased_import' ? child.child('alias') : child.children[0];
    if (name) into.push(name);
  }
}

/** The names that a `case` pattern binds: lone names, `*rest`, `**rest` and what stands after `as`. */
export function capturedNames(node: SyntaxNode, into: SyntaxNode[]): void {
  for (const child of node.children) {
    if (child.type === 'dotted_name') {
      const [only, more] = child.children;
      if (only && more === undefined) into.push(only);
    } else if (child.type === 'identifier') {
      if (node.type === 'as_pattern' || node.type === 'splat_pattern') into.push(child);
    } else if (child.type === 'class_pattern') {
      for (const part of child.children) if (part.type !== 'dotted_name') capturedNames(part, into);
    } else capturedNames(child, into);
  }
}
