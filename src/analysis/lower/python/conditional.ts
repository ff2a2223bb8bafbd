import type { Statement, Value } from '../../ir/index.ts';

/** An `if` statement. */
export function conditional(
  test: Value,
  then: readonly Statement[],
  otherwise: readonly Statement[] = [],
): Statement {
  return { kind: 'if', test, then, otherwise };
}
