import type {
  IfStatement,
  LoopStatement,
  Statement,
  SwitchStatement,
  Target,
  TryStatement,
  Value,
} from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { lowerBlock, lowerNodes } from './blocks.ts';
import type { Context } from './context.ts';
import { declarePattern, hoistBlock } from './hoisting.ts';

/** Branches of one `else if` chain that are nested; the rest stand side by side, so that no chain is too deep. */
const MAX_BRANCHES = 200;

/** `if` with all of its `else if`s, which are a chain in the tree and a loop here. */
export function lowerIf(node: SyntaxNode, cx: Context): IfStatement {
  const branches: { test: Value; body: Statement[] }[] = [];
  let at: SyntaxNode | undefined = node;
  let otherwise: Statement[] = [];
  while (at !== undefined) {
    branches.push({
      test: cx.value(at.child('condition'), at),
      body: lowerBlock(at.child('consequence'), cx),
    });
    const next: SyntaxNode | undefined = at.child('alternative')?.inner;
    at = next?.type === 'if_statement' ? next : undefined;
    if (at === undefined) otherwise = lowerBlock(next, cx);
  }
  otherwise = [...branches.splice(MAX_BRANCHES).map(one => ifOf(one.test, one.body, [])), ...otherwise];
  for (;;) {
    const last = branches.pop();
    const made = ifOf(last?.test ?? { kind: 'opaque', node, parts: [] }, last?.body ?? [], otherwise);
    if (branches.length === 0) return made;
    otherwise = [made];
  }
}

function ifOf(test: Value, body: Statement[], otherwise: Statement[]): IfStatement {
  // biome-ignore lint/suspicious/noThenProperty: nobody awaits a statement.
  return { kind: 'if', test, then: body, otherwise };
}

/** `for (a; b; c)`: what comes first stands before the loop, what comes last at the end of its body. */
export function lowerFor(node: SyntaxNode, cx: Context): Statement {
  return cx.inside((): Statement => {
    const body: Statement[] = [];
    const initializer = node.child('initializer');
    if (initializer) {
      hoistBlock([initializer], cx);
      cx.parts.statement(initializer, cx, body);
    }
    const condition = node.child('condition');
    const increment = node.child('increment');
    const test =
      condition === undefined || condition.type === 'empty_statement' ? undefined : cx.value(condition, node);
    const round = lowerBlock(node.child('body'), cx);
    if (increment) round.push({ kind: 'expression', value: cx.value(increment, node) });
    body.push({ kind: 'loop', each: undefined, test, body: round });
    return { kind: 'block', body };
  });
}

/** `for … of` and `for … in`. */
export function lowerForIn(node: SyntaxNode, cx: Context): LoopStatement {
  const right = cx.value(node.child('right'), node);
  return cx.inside((): LoopStatement => {
    const left = node.child('left');
    const kind = node.child('kind');
    if (left && kind && kind.type !== 'var') declarePattern(left, cx.scope, cx);
    const target: Target = left ? cx.parts.target(left, cx) : { kind: 'pattern', node, entries: [] };
    const what = node.child('operator')?.type === 'in' ? 'keys' : 'values';
    return {
      kind: 'loop',
      each: { target, of: right, what },
      test: undefined,
      body: lowerBlock(node.child('body'), cx),
    };
  });
}

/** `switch`; labels that stand together share one body. */
export function lowerSwitch(node: SyntaxNode, cx: Context): SwitchStatement {
  const subject = cx.value(node.child('value'), node);
  const clauses = node.child('body')?.children ?? [];
  return cx.inside((): SwitchStatement => {
    hoistBlock(
      clauses.flatMap(clause => clause.children.filter(child => child.field === 'body')),
      cx,
    );
    const cases: SwitchStatement['cases'][number][] = [];
    let tests: Value[] = [];
    let isDefault = false;
    clauses.forEach((clause, index) => {
      if (clause.type !== 'switch_case' && clause.type !== 'switch_default') return;
      if (clause.type === 'switch_default') isDefault = true;
      else tests.push(cx.value(clause.child('value'), clause));
      const nodes = clause.children.filter(child => child.field === 'body');
      if (nodes.length === 0 && index < clauses.length - 1) return;
      cases.push({ tests: isDefault ? [] : tests, body: cx.inside(() => lowerNodes(nodes, cx)) });
      tests = [];
      isDefault = false;
    });
    return { kind: 'switch', subject, cases };
  });
}

export function lowerTry(node: SyntaxNode, cx: Context): TryStatement {
  const handler = node.child('handler');
  return {
    kind: 'try',
    body: lowerBlock(node.child('body'), cx),
    handlers: handler === undefined ? [] : [lowerHandler(handler, cx)],
    finally: lowerBlock(node.child('finalizer')?.child('body'), cx),
  };
}

function lowerHandler(handler: SyntaxNode, cx: Context): TryStatement['handlers'][number] {
  return cx.inside(() => {
    const parameter = handler.child('parameter');
    if (parameter) declarePattern(parameter, cx.scope, cx);
    const target = parameter && cx.parts.target(parameter, cx);
    return { target, body: lowerBlock(handler.child('body'), cx) };
  });
}
