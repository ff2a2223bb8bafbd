import type { Abstract, CallEvent, Values, WriteEvent } from '../../flow/index.ts';

const STATEMENT =
  /^\s*(?:select\s|insert\s+(?:or\s+\w+\s+)?into\s|update\s|delete\s+from\s|replace\s+into\s|create\s+(?:table|index|view|database|user|role|schema|temp)|drop\s+(?:table|index|view|database|user|schema)|alter\s+(?:table|user|role)|with\s+\w+\s+as\s|truncate\s|grant\s|revoke\s|pragma\s|call\s|exec\s|merge\s+into\s|copy\s|listen\s|notify\s|set\s+role|attach\s|and\s|or\s|where\s|order\s+by|limit\s)/i;

/** Whether text reads like a statement of SQL, for methods whose names alone say little. */
export function isQuery(value: Abstract, values: Values): boolean {
  return STATEMENT.test(values.prefixOf(value)) || STATEMENT.test(values.patternOf(value));
}

/** A method of a class of the plugin's own: what it does with the text is seen where it does it. */
export function isOwn(event: CallEvent | WriteEvent): boolean {
  return 'receiver' in event && event.receiver?.instance !== undefined;
}
