import type { Value } from '../../ir/index.ts';

/** Whether a value is text for certain, as far as can be seen from the expression alone. */
export function isText(value: Value): boolean {
  return value.kind === 'text' || (value.kind === 'constant' && typeof value.value === 'string');
}
