import { createScope, type Scope, type Statement, type Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { lowerAssignment, lowerSend, lowerShortVariable } from './assignments.ts';
import { codeIn, type GoContext, importedName, MAX_DEPTH, opaque, textOf } from './context.ts';
import { lowerFor, lowerIf } from './control.ts';
import { lowerConstants, lowerTypes, lowerVariables } from './declarations.ts';
import { namedResults } from './functions.ts';
import { constant } from './literals.ts';
import { lowerSelect, lowerSwitch, lowerTypeSwitch } from './switches.ts';

/** Functions that never come back. */
const ENDINGS =
  /^(?:os\.Exit|syscall\.Exit|runtime\.Goexit|(?:log|github\.com\/sirupsen\/logrus|k8s\.io\/klog|github\.com\/golang\/glog|github\.com\/rs\/zerolog\/log)\.(?:Fatal|Panic|Exit)\w*)$/;

/** The statements of a block, in a scope of their own. */
export function lowerBlock(context: GoContext, node: SyntaxNode | undefined, outer: Scope): Statement[] {
  if (node === undefined || context.depth >= MAX_DEPTH) return [];
  context.depth++;
  try {
    const scope = createScope(outer);
    const lists = node.type === 'statement_list' ? [node] : codeIn(node);
    return lists.flatMap(list =>
      list.type === 'statement_list'
        ? codeIn(list).flatMap(statement => lowerStatement(context, statement, scope))
        : lowerStatement(context, list, scope),
    );
  } finally {
    context.depth--;
  }
}

/** One statement; several when it is more than one in the common form. */
export function lowerStatement(context: GoContext, node: SyntaxNode, scope: Scope): Statement[] {
  switch (node.type) {
    case 'expression_statement':
    case 'go_statement':
    case 'defer_statement':
      return lowerExpressionStatement(context, node.inner, scope);
    case 'short_var_declaration':
      return lowerShortVariable(context, node, scope);
    case 'assignment_statement':
      return lowerAssignment(context, node, scope);
    case 'inc_statement':
    case 'dec_statement':
      return lowerStep(context, node, scope);
    case 'send_statement':
      return lowerSend(context, node, scope);
    case 'var_declaration':
      return lowerVariables(context, node, scope);
    case 'const_declaration':
      return lowerConstants(context, node, scope);
    case 'type_declaration':
      return lowerTypes(context, node, scope);
    case 'return_statement':
      return [{ kind: 'return', node, value: lowerReturn(context, node, scope) }];
    case 'if_statement':
      return lowerIf(context, node, scope);
    case 'for_statement':
      return lowerFor(context, node, scope);
    case 'expression_switch_statement':
      return lowerSwitch(context, node, scope);
    case 'type_switch_statement':
      return lowerTypeSwitch(context, node, scope);
    case 'select_statement':
      return lowerSelect(context, node, scope);
    case 'block':
      return [{ kind: 'block', body: context.block(node, scope) }];
    case 'labeled_statement':
      return codeIn(node).flatMap(child =>
        child.type === 'label_name' ? [] : lowerStatement(context, child, scope),
      );
    case 'break_statement':
    case 'continue_statement':
    case 'goto_statement':
      return [{ kind: 'jump', node }];
    case 'fallthrough_statement':
    case 'empty_statement':
    case 'comment':
      return [];
    default:
      return lowerBroken(context, node, scope);
  }
}

function lowerExpressionStatement(
  context: GoContext,
  node: SyntaxNode | undefined,
  scope: Scope,
): Statement[] {
  if (node === undefined) return [];
  const callee = node.type === 'call_expression' ? node.child('function') : undefined;
  if (callee?.type === 'identifier' && textOf(context, callee) === 'panic' && !scope.lookup('panic')) {
    return [{ kind: 'throw', node, value: context.value(node.child('arguments')?.inner, scope) }];
  }
  const statement: Statement = { kind: 'expression', value: context.value(node, scope) };
  const name = importedName(context, callee, scope);
  if (name === undefined || !ENDINGS.test(name)) return [statement];
  return [statement, { kind: 'throw', node, value: undefined }];
}

function lowerStep(context: GoContext, node: SyntaxNode, scope: Scope): Statement[] {
  const place = node.inner;
  const target = place && context.target(place, scope);
  if (target === undefined) return [];
  const operator = node.type === 'inc_statement' ? '+=' : '-=';
  return [{ kind: 'assign', node, target, value: constant(node, 1), operator }];
}

function lowerReturn(context: GoContext, node: SyntaxNode, scope: Scope): Value | undefined {
  const list = node.inner;
  const values =
    list === undefined
      ? namedResults(context, node, scope)
      : (list.type === 'expression_list' ? codeIn(list) : [list]).map(item => context.value(item, scope));
  const [only] = values;
  if (values.length < 2) return only;
  return { kind: 'list', node, items: values.map(value => ({ value })) };
}

/** What the parser could not read may hold statements that it could. */
function lowerBroken(context: GoContext, node: SyntaxNode, scope: Scope): Statement[] {
  if (node.type !== 'ERROR' && node.type !== 'statement_list') {
    return [{ kind: 'expression', value: context.value(node, scope) }];
  }
  if (context.depth >= MAX_DEPTH) return [{ kind: 'expression', value: opaque(node) }];
  context.depth++;
  const statements = codeIn(node).flatMap(child => lowerStatement(context, child, scope));
  context.depth--;
  return statements;
}
