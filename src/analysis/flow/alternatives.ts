import type { Primitive, Value } from '../ir/index.ts';
import type { Machine } from './machine.ts';
import { placeOf } from './place.ts';

/** One place, and all the constants a test leaves it. */
export interface Alternatives {
  readonly place: Value;
  readonly constants: readonly Primitive[];
}

/** More comparisons than this say nothing any more that is worth the time. */
const MAX_DEPTH = 24;

/** `x == "a" || x == "b"` that came out true, or `x != "a" && x != "b"` that came out false: `x` is "a" or "b". */
export function alternativesOf(
  test: Value,
  truth: boolean,
  machine: Machine,
  depth = 0,
): Alternatives | undefined {
  if (test.kind === 'unary' && test.operator === '!') {
    return alternativesOf(test.operand, !truth, machine, depth);
  }
  if (depth > MAX_DEPTH) return undefined;
  const sides = sidesOf(test, truth);
  if (sides !== undefined) {
    let found: Alternatives | undefined;
    for (const side of sides) {
      const one = alternativesOf(side, truth, machine, depth + 1);
      if (one === undefined) return undefined;
      if (found !== undefined && placeOf(found.place) !== placeOf(one.place)) return undefined;
      found = { place: one.place, constants: [...(found?.constants ?? []), ...one.constants] };
    }
    return found;
  }
  if (test.kind !== 'binary') return undefined;
  const { operator, left, right } = test;
  const isEqual = truth ? /^(?:===?|is)$/.test(operator) : /^(?:!==?|is not)$/.test(operator);
  if (!isEqual) return undefined;
  return constantsOf(left, right, machine) ?? constantsOf(right, left, machine);
}

/** The tests of which one must be so, when the whole came out like that. */
function sidesOf(test: Value, truth: boolean): readonly Value[] | undefined {
  const isEither = (operator: string | undefined): boolean =>
    truth ? operator === '||' || operator === 'or' : operator === '&&' || operator === 'and';
  if (test.kind === 'binary') return isEither(test.operator) ? [test.left, test.right] : undefined;
  if (test.kind !== 'choice' || !isEither(test.node.child('operator')?.type)) return undefined;
  // JavaScript's `a && b` is `a ? b : false`.
  const options = test.options.filter(one => one.kind !== 'constant');
  const sides = test.test === undefined ? options : [test.test, ...options];
  return sides.length < 2 ? undefined : sides;
}

function constantsOf(place: Value, other: Value, machine: Machine): Alternatives | undefined {
  if (placeOf(place) === undefined) return undefined;
  const { constants, also, taint } = machine.evaluate(other);
  return constants === undefined || also !== undefined || taint !== undefined
    ? undefined
    : { place, constants };
}
