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

/**
 * A short text that is the same for values between which a function's body can hardly tell. A `coarse` one sees taint,
 * functions and classes alone.
 */
export function signatureOf(value: Abstract, coarse: boolean, depth = 0): string {
  let text = '';
  if (value.taint !== undefined)
    text += `t${value.taint.level}${value.taint.source}${value.taint.safeFor.size}`;
  if (value.safeFor !== undefined) text += `s${value.safeFor.size}`;
  if (value.callable !== undefined) text += `f${numberOf(value.callable.function)}`;
  if (value.class !== undefined) text += `k${numberOf(value.class.class)}`;
  if (value.instance !== undefined) text += `i${numberOf(value.instance.class)}`;
  if (coarse) text += value.constants === undefined && !value.isHarmless ? '' : 'c';
  else {
    if (value.constants !== undefined) text += `c${value.constants.map(String).join('|').slice(0, 80)}`;
    if (value.path !== undefined) text += `p${value.path}`;
    if (value.isHarmless) text += 'h';
  }
  if (depth > (coarse ? 0 : 2)) return text;
  if (value.text !== undefined) {
    const pieces = value.text.map(piece => {
      if (typeof piece === 'string') return coarse ? '' : piece;
      return signatureOf(piece, coarse, depth + 1);
    });
    text += `x${pieces.join('~').slice(0, 120)}`;
  }
  let count = 0;
  for (const [key, field] of value.fields ?? []) {
    if (++count > 8) break;
    text += `,${key}:${signatureOf(field, coarse, depth + 1)}`;
  }
  if (value.element !== undefined) text += `*${signatureOf(value.element, coarse, depth + 1)}`;
  for (const other of value.also ?? []) text += `/${signatureOf(other, coarse, depth + 1)}`;
  return text;
}
