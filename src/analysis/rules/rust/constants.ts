import type { Abstract, CallEvent, Values, WriteEvent } from '../../flow/index.ts';
import type { RuleContext } from '../rule.ts';

type When = (event: CallEvent | WriteEvent, value: Abstract, context: RuleContext) => boolean;

/** The argument is this constant, on some way at least. */
export function is(constant: boolean | number | string): When {
  return (_event, value, { values }) => values.constantsOf(value).includes(constant);
}

/** The argument may be something else than this constant. */
export function isNot(constant: boolean): When {
  return (_event, value, { values }) => {
    const constants = values.constantsOf(value);
    return constants.length > 0 && constants.some(one => one !== constant);
  };
}

/** The argument is a number below a limit. */
export function below(limit: number): When {
  return (_event, value, { values }) =>
    values.constantsOf(value).some(one => typeof one === 'number' && one < limit);
}

/** Bytes or text that are the same in every run, and some at all. */
export function isFixedSecret(value: Abstract, values: Values): boolean {
  if (!values.isFixed(value)) return false;
  const constants = values.constantsOf(value);
  if (constants.length > 0) return constants.some(one => typeof one === 'string' && one.length > 0);
  return values.elements(value).length > 0;
}
