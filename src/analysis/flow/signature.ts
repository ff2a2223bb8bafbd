import type { Abstract } from './abstract.ts';

const numbers = new WeakMap<object, number>();
let next = 0;

function numberOf(thing: object): number {
  let number = numbers.get(thing);
  if (number === undefined) {
    number = next++;
    numbers.set(thing, number);
  }
  return number;
}

/** A short text that is the same for values between which a function's body can't tell. */
export function signatureOf(value: Abstract, depth = 0): string {
  let text = '';
  if (value.constants !== undefined) text += `c${value.constants.map(String).join('|').slice(0, 80)}`;
  if (value.path !== undefined) text += `p${value.path}`;
  if (value.isHarmless) text += 'h';
  if (value.taint !== undefined)
    text += `t${value.taint.level}${value.taint.source}${value.taint.safeFor.size}`;
  if (value.safeFor !== undefined) text += `s${[...value.safeFor].join('+')}`;
  if (value.callable !== undefined) text += `f${numberOf(value.callable.function)}`;
  if (value.class !== undefined) text += `k${numberOf(value.class.class)}`;
  if (value.instance !== undefined) text += `i${numberOf(value.instance.class)}`;
  if (depth > 2) return text;
  if (value.text !== undefined) {
    text += `x${value.text
      .map(piece => (typeof piece === 'string' ? piece : signatureOf(piece, depth + 1)))
      .join('~')
      .slice(0, 120)}`;
  }
  let count = 0;
  for (const [key, field] of value.fields ?? []) {
    if (++count > 8) break;
    text += `,${key}:${signatureOf(field, depth + 1)}`;
  }
  if (value.element !== undefined) text += `*${signatureOf(value.element, depth + 1)}`;
  for (const other of value.also ?? []) text += `/${signatureOf(other, depth + 1)}`;
  return text;
}
