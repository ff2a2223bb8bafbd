import type { Binding, Value } from '../ir/index.ts';

/** Numbers for bindings, so that a place inside one has a name. */
const numbers = new WeakMap<Binding, number>();
let next = 0;

/**
 * The place an expression reads, if it is one that a test can say something about: a variable, or members of one by
 * constant keys (`request.query.id`), which have a name of their own.
 */
export function placeOf(value: Value): Binding | string | undefined {
  if (value.kind === 'reference') return value.binding;
  const keys: string[] = [];
  let at: Value = value;
  while (at.kind === 'member' || at.kind === 'index') {
    if (keys.length > 5) return undefined;
    if (at.kind === 'member') keys.push(at.key);
    else if (at.key?.kind === 'constant') keys.push(String(at.key.value));
    else return undefined;
    at = at.object;
  }
  if (at.kind === 'self') return `self.${keys.reverse().join('.')}`;
  if (at.kind !== 'reference' || at.binding === undefined || keys.length === 0) return undefined;
  let number = numbers.get(at.binding);
  if (number === undefined) {
    number = next++;
    numbers.set(at.binding, number);
  }
  return `${number}.${keys.reverse().join('.')}`;
}
