import { createScope, type LoopStatement, type Statement, type Target, type Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { conditionValue } from './conditions.ts';
import { branch, fresh, opaque, type Place, partsOf, type RustFile, type Use } from './file.ts';
import { patternTarget, patternTests } from './patterns.ts';

/** `match`: each arm in a scope of its own; a guard is an `if` around the arm's body. */
export function matchStatement(node: SyntaxNode, file: RustFile, place: Place, use: Use): Statement[] {
  const subject = node.child('value');
  const body = node.child('body');
  const arms = body === undefined ? [] : partsOf(body).filter(({ type }) => type === 'match_arm');
  return [
    {
      kind: 'switch',
      subject: subject && file.expression(subject, place),
      cases: arms.map(arm => matchArm(arm, file, place, use)),
    },
  ];
}

function matchArm(arm: SyntaxNode, file: RustFile, outer: Place, use: Use) {
  const place = { ...outer, scope: createScope(outer.scope), depth: outer.depth + 1 };
  const pattern = arm.child('pattern');
  const inner = pattern && partsOf(pattern).find(part => part.field !== 'condition');
  const target = patternTarget(inner, file, place);
  let tests = inner === undefined ? [] : patternTests(inner, file, place);
  const guard = pattern?.child('condition');
  const test = guard && conditionValue(guard, file, place);
  const value = arm.child('value');
  const statements = value === undefined ? [] : file.statements(value, place, use);
  // A guard can say no, so such an arm is never the one for all that is left.
  if (test !== undefined && tests.length === 0) tests = [opaque(arm)];
  const body: Statement[] = test === undefined ? statements : [branch(test, statements)];
  return { tests, target, body };
}

/** `for`; `.iter().enumerate()` gives positions with the values. */
export function forStatement(node: SyntaxNode, file: RustFile, outer: Place): Statement[] {
  const source = node.child('value');
  if (source === undefined) return [];
  const counted = enumerated(source, file);
  const of = counted === undefined ? roundsOf(source, file, outer) : file.expression(counted, outer);
  const place = { ...outer, scope: createScope(outer.scope), breakInto: undefined };
  const target = patternTarget(node.child('pattern'), file, place);
  const body = file.block(node.child('body'), place, 'discard');
  if (counted !== undefined && target?.kind === 'pattern') return [countedLoop(target, of, body, node)];
  const each: LoopStatement['each'] = target && {
    target,
    of,
    what: counted === undefined ? 'values' : 'entries',
  };
  if (each !== undefined) return [{ kind: 'loop', each, test: undefined, body }];
  return [
    { kind: 'expression', value: of },
    { kind: 'loop', each: undefined, test: undefined, body },
  ];
}

/** `for (i, x) in xs.iter().enumerate()`: whatever the values are, the positions are numbers. */
function countedLoop(
  target: Target & { kind: 'pattern' },
  of: Value,
  body: readonly Statement[],
  node: SyntaxNode,
): Statement {
  const [position, value] = [0, 1].map(at => target.entries.find(({ key }) => key === at)?.target);
  const number: Value = { kind: 'unary', node, operator: '-', operand: opaque(node) };
  const counting: Statement[] =
    position === undefined ? [] : [{ kind: 'assign', node, target: position, value: number, operator: '=' }];
  const inside: Target = value ?? { kind: 'binding', node, binding: fresh(node, '_') };
  return {
    kind: 'loop',
    each: { target: inside, of, what: 'values' },
    test: undefined,
    body: [...counting, ...body],
  };
}

/** What `enumerate` is called on. */
function enumerated(source: SyntaxNode, file: RustFile): SyntaxNode | undefined {
  const callee = source.type === 'call_expression' ? source.child('function') : undefined;
  const field = callee?.type === 'field_expression' ? callee.child('field') : undefined;
  return field !== undefined && file.textOf(field) === 'enumerate' ? callee?.child('value') : undefined;
}

/** What a loop goes over; of a range, numbers. */
function roundsOf(source: SyntaxNode, file: RustFile, place: Place): Value {
  if (source.type !== 'range_expression') return file.expression(source, place);
  const parts = partsOf(source).map(part => file.expression(part, place));
  return { kind: 'unary', node: source, operator: '-', operand: opaque(source, parts) };
}
