import type { Category } from '../category.ts';
import { categories } from '../category.ts';
import type { Primitive } from '../ir/index.ts';
import type { Abstract, Piece, Taint } from './abstract.ts';
import { anyTaint, values } from './values.ts';

/** More values than a variable of honest code is seen to have; beyond it only "some constant" is kept. */
const MAX_CONSTANTS = 8;
const MAX_PIECES = 48;
const MAX_ALSO = 3;
/** Containers inside containers that are joined part by part. */
const MAX_JOINED = 3;
/** Longest text that is kept; longer text is no name, path or query. */
const MAX_LENGTH = 8_192;
const MAX_FIELDS = 64;

/** Nothing is known. */
export const unknown: Abstract = {};
/** A number, a boolean, nothing, or a constant nobody can choose. */
export const harmless: Abstract = { isHarmless: true };
/** Safe for everything. */
export const everyCategory: ReadonlySet<Category> = new Set(categories);

export function constant(value: Primitive): Abstract {
  return { constants: [value] };
}

/** What one value may be, or another. */
export function join(a: Abstract, b: Abstract, depth = 0): Abstract {
  if (a === b || b === undefined) return a;
  if (a === undefined) return b;
  if (isNothing(a)) return b;
  if (isNothing(b)) return a;
  if (isPlainConstant(a) && isPlainConstant(b)) {
    const all = [...new Set([...(a.constants ?? []), ...(b.constants ?? [])])];
    return all.length > MAX_CONSTANTS ? harmless : { constants: all };
  }
  if (isContainer(a) && isContainer(b)) {
    return depth < MAX_JOINED ? joinContainers(a, b, depth + 1) : derivedFrom([a, b]);
  }
  const [first, second] = weightOf(a) >= weightOf(b) ? [a, b] : [b, a];
  const also = [...(first.also ?? [])];
  for (const { also: _, ...other } of [second, ...(second.also ?? [])]) {
    if (also.length < MAX_ALSO && !isSame(first, other) && !also.some(one => isSame(one, other)))
      also.push(other);
  }
  return also.length === 0 ? first : { ...first, also };
}

/** Text of these values one after the other. */
export function concat(parts: readonly Abstract[]): Abstract {
  let combined: string[] | undefined = [''];
  for (const { constants, taint } of parts) {
    if (constants === undefined || taint !== undefined) combined = undefined;
    else if (combined !== undefined) {
      const longer: string[] = [];
      for (const front of combined) for (const end of constants) longer.push(front + String(end));
      combined = longer.length > MAX_CONSTANTS ? undefined : longer;
    }
    if (combined === undefined) break;
  }
  if (combined !== undefined) {
    return combined.some(text => text.length > MAX_LENGTH) ? harmless : { constants: combined };
  }
  const pieces: Piece[] = [];
  for (const part of parts) {
    if (part.constants?.length === 1 && part.taint === undefined) addPiece(pieces, String(part.constants[0]));
    else if (part.text !== undefined && part.also === undefined && part.safeFor === undefined)
      for (const piece of part.text) addPiece(pieces, piece);
    else addPiece(pieces, part);
  }
  return { text: pieces };
}

function addPiece(pieces: Piece[], piece: Piece): void {
  const last = pieces.at(-1);
  if (typeof piece === 'string') {
    if (piece === '') return;
    if (typeof last === 'string') {
      if (last.length < MAX_LENGTH) pieces[pieces.length - 1] = last + piece;
    } else if (pieces.length < MAX_PIECES) pieces.push(piece);
    return;
  }
  if (pieces.length < MAX_PIECES) pieces.push(piece);
  else {
    // What is too long to be told apart keeps its taint alone.
    const rest = derivedFrom(typeof last === 'object' ? [last, piece] : [piece]);
    if (typeof last === 'object') pieces[pieces.length - 1] = rest;
    else pieces.push(rest);
  }
}

/** The same value after a sanitizer has gone over it. */
export function cleared(value: Abstract, safeFor: readonly Category[] | 'all'): Abstract {
  if (safeFor === 'all') {
    const { taint: _, ...rest } = value;
    return { ...rest, safeFor: everyCategory };
  }
  return { ...value, safeFor: new Set([...(value.safeFor ?? []), ...safeFor]) };
}

/** What a call returns of which nothing but its inputs is known. */
export function derivedFrom(inputs: readonly Abstract[]): Abstract {
  let taint: Taint | undefined;
  let found: Abstract | undefined;
  for (const input of inputs) {
    const one = anyTaint(input);
    if (one === undefined || (taint !== undefined && taint.level === 'user')) continue;
    if (taint !== undefined && one.level !== 'user') continue;
    taint = one;
    found = input;
  }
  if (taint === undefined || found === undefined) return unknown;
  return found.safeFor === undefined ? { taint } : { taint, safeFor: found.safeFor };
}

/** A container with one element changed. */
export function withField(value: Abstract, key: string | undefined, field: Abstract): Abstract {
  if (key === undefined || (value.fields?.size ?? 0) > MAX_FIELDS) {
    return { ...value, element: value.element === undefined ? field : join(value.element, field) };
  }
  const fields = new Map(value.fields);
  fields.set(key, field);
  return { ...value, fields };
}

/** Whatever an element of an unknown key can be. */
export function elementOf(value: Abstract): Abstract {
  let result: Abstract | undefined;
  for (const one of values.elements(value)) result = result === undefined ? one : join(result, one);
  if (value.taint !== undefined) {
    const own =
      value.safeFor === undefined ? { taint: value.taint } : { taint: value.taint, safeFor: value.safeFor };
    result = result === undefined ? own : join(result, own);
  }
  if (result !== undefined) return result;
  if (value.constants !== undefined) return harmless;
  if (value.text !== undefined) return derivedFrom([value]);
  return unknown;
}

function isNothing({ constants, taint, also }: Abstract): boolean {
  return constants?.length === 1 && (constants[0] === undefined || constants[0] === null) && !taint && !also;
}

function isPlainConstant(value: Abstract): boolean {
  return value.constants !== undefined && value.taint === undefined && value.also === undefined;
}

function isContainer(value: Abstract): boolean {
  return (
    (value.fields !== undefined || value.element !== undefined) &&
    value.path === undefined &&
    value.also === undefined &&
    value.instance === undefined &&
    value.taint === undefined &&
    value.safeFor === undefined
  );
}

function joinContainers(a: Abstract, b: Abstract, depth: number): Abstract {
  const fields = new Map(a.fields);
  for (const [key, field] of b.fields ?? []) {
    const other = fields.get(key);
    fields.set(key, other === undefined ? field : join(other, field, depth));
  }
  const element =
    a.element === undefined
      ? b.element
      : b.element === undefined
        ? a.element
        : join(a.element, b.element, depth);
  return element === undefined ? { fields } : { fields, element };
}

/** How much a value has to say; the one that says more stands first. */
function weightOf(value: Abstract): number {
  if (value.taint !== undefined) return 5;
  if (value.text !== undefined) return 4;
  if (value.callable !== undefined || value.instance !== undefined || value.class !== undefined) return 3;
  if (value.path !== undefined || value.fields !== undefined) return 2;
  return value.constants === undefined ? 1 : 0;
}

function isSame(a: Abstract, b: Abstract): boolean {
  return (
    a.path === b.path &&
    a.taint?.level === b.taint?.level &&
    a.taint?.source === b.taint?.source &&
    a.text === b.text &&
    a.fields === b.fields &&
    a.callable?.function === b.callable?.function &&
    a.class?.class === b.class?.class &&
    a.isHarmless === b.isHarmless &&
    a.constants?.length === b.constants?.length &&
    (a.constants ?? []).every((one, index) => one === b.constants?.[index])
  );
}
