import type { Trail } from './trail.ts';
import { integerRange, type Value } from './value.ts';

/** A value with the kind that decides how it is written. */
export type Sorted =
  | { readonly kind: 'null'; readonly value: null }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: number | bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'date'; readonly value: Date }
  | { readonly kind: 'list'; readonly value: readonly unknown[] }
  | { readonly kind: 'map'; readonly value: readonly (readonly [string, unknown])[] };

/** With the flag `u` a pair is one character, so that only halves match. */
export const loneSurrogate = /\p{Surrogate}/u;

const nothing: Sorted = { kind: 'null', value: null };

/**
 * Sorts what a program handed over. A member that is `undefined` is left out of a map; a `Map` with string keys is
 * a map.
 *
 * @throws CodecError `unsupported` for what no other language would understand
 */
export function sortOut(value: unknown, trail: Trail): Sorted {
  switch (typeof value) {
    case 'boolean':
      return { kind: 'bool', value };
    case 'number':
      return Number.isSafeInteger(value) && !Object.is(value, -0)
        ? { kind: 'int', value }
        : { kind: 'float', value };
    case 'bigint':
      if (value < integerRange.least || value > integerRange.greatest) {
        return trail.fail('unsupported', 'An integer lies between −2^63 and 2^64 − 1; this one does not.');
      }
      return { kind: 'int', value };
    case 'string':
      return { kind: 'string', value: wellFormed(value, trail) };
    case 'object':
      return value === null ? nothing : sortOutObject(value, trail);
    default:
      return trail.fail(
        'unsupported',
        `A value of type ${typeof value} can not be sent to another language.`,
      );
  }
}

function sortOutObject(value: object, trail: Trail): Sorted {
  if (Array.isArray(value)) return { kind: 'list', value };
  if (value instanceof Uint8Array) return { kind: 'bytes', value };
  if (value instanceof Date) return { kind: 'date', value };
  if (value instanceof Map) return { kind: 'map', value: entriesOf(value, trail) };
  const prototype: unknown = Object.getPrototypeOf(value);
  // A plain object of another realm (node:vm) has another Object.prototype, which again has no prototype.
  if (prototype === null || Object.getPrototypeOf(prototype) === null) {
    return { kind: 'map', value: entriesOf(Object.entries(value), trail) };
  }
  const name = (prototype as { constructor?: { name?: string } }).constructor?.name ?? 'unknown';
  return trail.fail('unsupported', `An object of class ${name} can not be sent to another language.`);
}

function entriesOf(entries: Iterable<readonly [unknown, unknown]>, trail: Trail): [string, unknown][] {
  const list: [string, unknown][] = [];
  for (const [key, member] of entries) {
    if (typeof key !== 'string') trail.fail('unsupported', 'The keys of a map have to be strings.');
    else if (member !== undefined) list.push([wellFormed(key, trail), member]);
  }
  return list;
}

function wellFormed(text: string, trail: Trail): string {
  if (loneSurrogate.test(text))
    trail.fail('unsupported', 'A string holds half a character (a lone surrogate).');
  return text;
}

/** An integer as a program wants it: a `number` where that is exact. */
export function toInteger(value: bigint): Value {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

/** A map as an object; `__proto__` is a key like any other. */
export function toObject(entries: Iterable<readonly [string, Value]>): { [key: string]: Value } {
  // Unlike an assignment, this defines each key as the object's own.
  return Object.fromEntries(entries);
}
