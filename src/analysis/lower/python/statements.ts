import type { Statement, TryStatement, Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { lowerArguments } from './calls.ts';
import { lowerClass } from './classes.ts';
import { conditional } from './conditional.ts';
import { type Context, MAX_NESTING } from './context.ts';
import { lowerDecorators } from './decorators.ts';
import { lowerImport } from './imports.ts';
import { lowerEach } from './loops.ts';
import { lowerMatch } from './match.ts';
import { RESPONSE } from './paths.ts';
import { lowerTarget } from './targets.ts';
import { lowerType } from './types.ts';

/** Calls after which nothing of the function runs any more. */
const ENDINGS = new Set([
  'sys.exit',
  'os._exit',
  'os.abort',
  'builtins.exit',
  'builtins.quit',
  'flask.abort',
  'werkzeug.exceptions.abort',
  'bottle.abort',
]);

/** Adds what a statement does. */
export function lowerStatement(node: SyntaxNode, context: Context, into: Statement[]): void {
  switch (node.type) {
    case 'comment':
    case 'pass_statement':
    case 'global_statement':
    case 'nonlocal_statement':
    case 'future_import_statement':
    case 'type_alias_statement':
      return;
    case 'expression_statement':
      lowerExpressionStatement(node, context, into);
      return;
    case 'import_statement':
    case 'import_from_statement':
      lowerImport(node, context, into);
      return;
    case 'function_definition':
    case 'class_definition':
    case 'decorated_definition':
      lowerDefinition(node, context, into);
      return;
    case 'return_statement':
      into.push({ kind: 'return', node, value: node.inner && response(node, node.inner, context) });
      return;
    case 'raise_statement':
      into.push({ kind: 'throw', node, value: node.inner && context.value(node.inner, node) });
      return;
    case 'break_statement':
    case 'continue_statement':
      into.push({ kind: 'jump', node });
      return;
    case 'if_statement':
      lowerIf(node, context, into);
      return;
    case 'for_statement':
      into.push({
        kind: 'loop',
        each: lowerEach(node, context),
        test: undefined,
        body: context.block(node.child('body')),
      });
      into.push(...elseOf(node, context));
      return;
    case 'while_statement': {
      const test = context.value(node.child('condition'), node);
      into.push({ kind: 'loop', each: undefined, test, body: context.block(node.child('body')) });
      into.push(...elseOf(node, context));
      return;
    }
    case 'try_statement':
      into.push(lowerTry(node, context));
      return;
    case 'with_statement':
      lowerWith(node, context, into);
      return;
    case 'match_statement':
      into.push(lowerMatch(node, context));
      return;
    case 'assert_statement': {
      const operand = context.value(node.inner, node);
      const test: Value = { kind: 'unary', node, operator: '!', operand };
      into.push(conditional(test, [{ kind: 'throw', node, value: undefined }]));
      return;
    }
    case 'print_statement':
    case 'exec_statement': {
      const name = node.type === 'exec_statement' ? 'exec' : 'print';
      const args = lowerArguments({ children: node.children, type: 'argument_list' } as SyntaxNode, context);
      into.push({
        kind: 'expression',
        value: { kind: 'call', node, callee: context.builtin(node, name), args, isNew: false },
      });
      return;
    }
    case 'block':
    case 'ERROR':
      for (const child of node.children) context.statement(child, into);
      return;
    default:
      into.push({ kind: 'expression', value: context.value(node, node) });
  }
}

/** What a route's function returns is handed to the framework, as if by a call of `(response)`. */
function response(node: SyntaxNode, returned: SyntaxNode, context: Context): Value {
  const value = context.value(returned, node);
  if (context.responds === undefined) return value;
  const args = [{ value }, { value: context.responds }];
  return { kind: 'call', node, callee: context.builtin(node, RESPONSE), args, isNew: false };
}

function lowerExpressionStatement(node: SyntaxNode, context: Context, into: Statement[]): void {
  for (const child of node.children) {
    if (child.type === 'comment') continue;
    if (child.type === 'assignment' || child.type === 'augmented_assignment') {
      lowerAssignment(child, context, into);
      continue;
    }
    const value = context.value(child, node);
    into.push({ kind: 'expression', value });
    if (value.kind === 'call' && ENDINGS.has(context.originOf(value.callee) ?? '')) {
      into.push({ kind: 'throw', node: child, value: undefined });
    }
  }
}

function lowerAssignment(node: SyntaxNode, context: Context, into: Statement[]): void {
  const target = lowerTarget(node.child('left'), context);
  const right = node.child('right');
  const value = right && context.value(right, node);
  if (target === undefined) {
    if (value) into.push({ kind: 'expression', value });
    return;
  }
  const operator = node.child('operator');
  const type = lowerType(node.child('type'), context);
  into.push({
    kind: 'assign',
    node,
    target,
    value,
    operator: operator ? context.textOf(operator) : '=',
    type,
  });
}

function lowerDefinition(node: SyntaxNode, context: Context, into: Statement[]): void {
  const definition = node.type === 'decorated_definition' ? node.child('definition') : node;
  if (definition === undefined) return;
  const target = lowerTarget(definition.child('name'), context);
  const decorators = lowerDecorators(node, context);
  let value: Value;
  if (definition.type === 'class_definition') {
    const lowered = lowerClass(definition, decorators, context);
    if (lowered.before.length > 0) into.push({ kind: 'block', body: lowered.before });
    value = { kind: 'class', node: definition, class: lowered.class };
  } else {
    value = {
      kind: 'function',
      node: definition,
      function: context.parts.define(definition, decorators, context),
    };
  }
  if (target) into.push({ kind: 'assign', node: definition, target, value, operator: '=' });
  else into.push({ kind: 'expression', value });
}

function lowerIf(node: SyntaxNode, context: Context, into: Statement[]): void {
  const branches = node.children.filter(child => child.field === 'alternative').slice(0, MAX_NESTING);
  const arms = [node, ...branches].map(branch => {
    const condition = branch.type === 'else_clause' ? undefined : branch.child('condition');
    return {
      test: condition && context.value(condition, branch),
      body: context.block(branch.child('consequence') ?? branch.child('body')),
    };
  });
  into.push(
    ...arms.reduceRight<Statement[]>(
      (otherwise, { test, body }) => (test ? [conditional(test, body, otherwise)] : body),
      [],
    ),
  );
}

function elseOf(node: SyntaxNode, context: Context): Statement[] {
  const clause = node.children.find(child => child.type === 'else_clause');
  return clause === undefined ? [] : context.block(clause.child('body'));
}

function lowerTry(node: SyntaxNode, context: Context): TryStatement {
  const body = [...context.block(node.child('body')), ...elseOf(node, context)];
  const handlers: TryStatement['handlers'][number][] = [];
  let last: Statement[] = [];
  for (const clause of node.children) {
    const block = clause.children.find(child => child.type === 'block');
    if (clause.type === 'finally_clause') last = context.block(block);
    if (clause.type !== 'except_clause' && clause.type !== 'except_group_clause') continue;
    const pattern = clause.children.find(child => child.type === 'as_pattern');
    const target = lowerTarget(pattern?.child('alias') ?? clause.child('alias'), context);
    handlers.push({ target, body: context.block(block) });
  }
  return { kind: 'try', body, handlers, finally: last };
}

function lowerWith(node: SyntaxNode, context: Context, into: Statement[]): void {
  for (const item of node.children.find(child => child.type === 'with_clause')?.children ?? []) {
    const entered = item.child('value');
    if (entered === undefined) continue;
    const target = entered.type === 'as_pattern' ? lowerTarget(entered.child('alias'), context) : undefined;
    const value = context.value(entered.type === 'as_pattern' ? entered.inner : entered, item);
    if (target) into.push({ kind: 'assign', node: item, target, value, operator: '=' });
    else into.push({ kind: 'expression', value });
  }
  into.push(...context.block(node.child('body')));
}
