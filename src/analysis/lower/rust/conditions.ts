import type { Statement, Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { assign, fresh, opaque, type Place, partsOf, type RustFile, useOf } from './file.ts';
import { patternTarget, patternTests } from './patterns.ts';
import { lastName } from './types.ts';

/**
 * What `if` and `while` test. `let Some(x) = v` assigns on the way; its names are declared in the place, which is the
 * scope of the branch.
 */
export function conditionValue(node: SyntaxNode, file: RustFile, place: Place): Value {
  if (node.type === 'let_condition') return letCondition(node, file, place);
  if (node.type !== 'let_chain') return file.expression(node, place);
  const tests = partsOf(node).map(part => conditionValue(part, file, place));
  if (tests.length === 0) return opaque(node);
  return tests.reduce((all, test) => ({ kind: 'binary', node, operator: '&&', left: all, right: test }));
}

function letCondition(node: SyntaxNode, file: RustFile, place: Place): Value {
  const pattern = node.child('pattern');
  const source = node.child('value');
  if (pattern === undefined || source === undefined) return opaque(node);
  let value = file.expression(source, place);
  const body: Statement[] = [];
  if (value.kind !== 'reference') {
    const kept = fresh(source);
    body.push(assign(kept, source, value));
    value = useOf(kept, source);
  }
  const target = patternTarget(pattern, file, place);
  if (target !== undefined) body.push({ kind: 'assign', node, target, value, operator: '=' });
  return { kind: 'block', node, body, value: matchTest(pattern, value, file, place) };
}

/** Whether a value matches a pattern, as a test that the analysis can make something of. */
export function matchTest(pattern: SyntaxNode, subject: Value, file: RustFile, place: Place): Value {
  const type = pattern.type === 'tuple_struct_pattern' ? pattern.child('type') : undefined;
  const name = type === undefined ? undefined : lastName(type, file);
  if (name === 'Some' || name === 'Ok') return subject;
  if (name === 'Err') return { kind: 'unary', node: pattern, operator: '!', operand: subject };
  const tests = patternTests(pattern, file, place);
  const [first, ...others] = tests.map(
    (right): Value =>
      right.kind === 'opaque'
        ? right
        : { kind: 'binary', node: pattern, operator: '==', left: subject, right },
  );
  if (first === undefined) return { kind: 'constant', node: pattern, value: true };
  return others.reduce(
    (all, test) => ({ kind: 'binary', node: pattern, operator: '||', left: all, right: test }),
    first,
  );
}
