import type { Statement } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { lowerBlock, lowerNodes } from './blocks.ts';
import { type Context, MAX_DEPTH } from './context.ts';
import { lowerFor, lowerForIn, lowerIf, lowerSwitch, lowerTry } from './control.ts';
import { lowerDeclaration, lowerVariables } from './declarations.ts';
import { lowerExport, lowerImport, lowerImportAlias } from './modules.ts';
import { assignmentOf, listeningBy } from './operators.ts';

const FUNCTIONS = new Set(['function_declaration', 'generator_function_declaration']);

/** Statements in order, after the functions among them, which the language hoists. */
export function lowerStatements(nodes: readonly SyntaxNode[], cx: Context, into: Statement[]): void {
  for (const node of nodes) {
    if (FUNCTIONS.has(node.type)) lowerDeclaration(node, cx, into, false);
    else if (node.type === 'export_statement') {
      const declaration = node.child('declaration');
      if (declaration && FUNCTIONS.has(declaration.type) && declaration.child('name')) {
        lowerDeclaration(declaration, cx, into, true);
      }
    }
  }
  for (const node of nodes) {
    if (!FUNCTIONS.has(node.type) && node.type !== 'comment') lowerStatement(node, cx, into);
  }
}

/** One statement; what has no meaning gives none. */
export function lowerStatement(node: SyntaxNode, cx: Context, into: Statement[]): void {
  if (cx.depth > MAX_DEPTH) return;
  cx.depth++;
  try {
    lower(node, cx, into);
  } finally {
    cx.depth--;
  }
}

function lower(node: SyntaxNode, cx: Context, into: Statement[]): void {
  switch (node.type) {
    case 'comment':
    case 'hash_bang_line':
    case 'empty_statement':
    case 'debugger_statement':
    case 'interface_declaration':
    case 'type_alias_declaration':
    case 'ambient_declaration':
    case 'function_signature':
    case 'module':
      return;
    case 'expression_statement':
      lowerExpression(node, cx, into);
      return;
    case 'lexical_declaration':
    case 'variable_declaration':
      lowerVariables(node, cx, into, false);
      return;
    case 'function_declaration':
    case 'generator_function_declaration':
    case 'class_declaration':
    case 'abstract_class_declaration':
    case 'enum_declaration':
    case 'internal_module':
      lowerDeclaration(node, cx, into, false);
      return;
    case 'statement_block':
      into.push({ kind: 'block', body: lowerBlock(node, cx) });
      return;
    case 'if_statement':
      into.push(lowerIf(node, cx));
      return;
    case 'for_statement':
      into.push(lowerFor(node, cx));
      return;
    case 'for_in_statement':
      into.push(lowerForIn(node, cx));
      return;
    case 'while_statement':
    case 'do_statement':
      into.push({
        kind: 'loop',
        each: undefined,
        test: cx.value(node.child('condition'), node),
        body: lowerBlock(node.child('body'), cx),
      });
      return;
    case 'switch_statement':
      into.push(lowerSwitch(node, cx));
      return;
    case 'try_statement':
      into.push(lowerTry(node, cx));
      return;
    case 'with_statement':
      into.push({ kind: 'expression', value: cx.value(node.child('object'), node) });
      into.push({ kind: 'block', body: lowerBlock(node.child('body'), cx) });
      return;
    case 'labeled_statement': {
      const body = node.child('body');
      if (body) lowerStatement(body, cx, into);
      return;
    }
    case 'return_statement':
    case 'throw_statement': {
      const kind = node.type === 'return_statement' ? 'return' : 'throw';
      into.push({ kind, node, value: node.inner && cx.value(node.inner, node) });
      return;
    }
    case 'break_statement':
    case 'continue_statement':
      into.push({ kind: 'jump', node });
      return;
    case 'import_statement':
      lowerImport(node, cx, into);
      return;
    case 'import_alias':
      lowerImportAlias(node, cx, into);
      return;
    case 'export_statement':
      lowerExport(node, cx, into);
      return;
    case 'ERROR':
      into.push(...lowerNodes(node.children, cx));
      return;
    default:
      into.push({ kind: 'expression', value: cx.value(node, node) });
  }
}

function lowerExpression(node: SyntaxNode, cx: Context, into: Statement[]): void {
  const inner = unwrap(node.inner);
  if (inner === undefined) return;
  switch (inner.type) {
    case 'assignment_expression':
    case 'augmented_assignment_expression': {
      const assignment = assignmentOf(inner, cx);
      if (assignment) {
        into.push({ kind: 'assign', node: inner, ...assignment });
        const listening = listeningBy(inner, assignment);
        if (listening !== undefined) into.push({ kind: 'expression', value: listening });
      }
      return;
    }
    case 'sequence_expression':
      for (const child of inner.children) {
        if (child.type !== 'comment') into.push({ kind: 'expression', value: cx.value(child, child) });
      }
      return;
    case 'internal_module':
      lowerDeclaration(inner, cx, into, false);
      return;
    default:
      into.push({ kind: 'expression', value: cx.value(inner, node) });
  }
}

function unwrap(node: SyntaxNode | undefined): SyntaxNode | undefined {
  let at = node;
  while (at?.type === 'parenthesized_expression') at = at.inner;
  return at;
}
