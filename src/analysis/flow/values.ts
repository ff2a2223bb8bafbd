import type { Category } from '../category.ts';
import type { Primitive } from '../ir/index.ts';
import type { Abstract, Piece, Taint, TaintLevel } from './abstract.ts';
import type { Values } from './events.ts';

/** How far into containers questions look. */
const MAX_DEPTH = 4;

const LEVELS: Readonly<Record<TaintLevel, number>> = { user: 3, local: 2, parameter: 1 };

const NONE: readonly never[] = [];

/** The worse of two taints; of equally bad ones the one fewer sanitizers have seen. */
export function worse(a: Taint | undefined, b: Taint | undefined): Taint | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (LEVELS[a.level] !== LEVELS[b.level]) return LEVELS[a.level] > LEVELS[b.level] ? a : b;
  return a.safeFor.size <= b.safeFor.size ? a : b;
}

/** The worst taint anywhere in a value, whatever it was made safe for. */
export function anyTaint(value: Abstract): Taint | undefined {
  return search(value, undefined, 0);
}

function search(value: Abstract, category: Category | undefined, depth: number): Taint | undefined {
  if (category !== undefined && value.safeFor?.has(category)) return undefined;
  let found = value.taint;
  if (found !== undefined && category !== undefined && found.safeFor.has(category)) found = undefined;
  if (found?.level === 'user' || depth > MAX_DEPTH) return found;
  if (value.text !== undefined) {
    for (const piece of value.text) {
      if (typeof piece !== 'string') found = worse(found, search(piece, category, depth + 1));
    }
  }
  if (value.fields !== undefined) {
    for (const field of value.fields.values()) found = worse(found, search(field, category, depth + 1));
  }
  if (value.element !== undefined) found = worse(found, search(value.element, category, depth + 1));
  if (value.also !== undefined) {
    for (const other of value.also) found = worse(found, search(other, category, depth + 1));
  }
  return found;
}

function every(value: Abstract, test: (one: Abstract) => boolean): boolean {
  return test(value) && (value.also === undefined || value.also.every(test));
}

function isFixedOne(value: Abstract): boolean {
  if (value.taint !== undefined) return false;
  if (value.constants !== undefined) return true;
  if (value.text !== undefined) return value.text.every(piece => typeof piece === 'string' || isFixed(piece));
  if (value.fields !== undefined && value.path === undefined && value.instance === undefined) {
    const rest = value.element === undefined || isFixed(value.element);
    return rest && [...value.fields.values()].every(isFixed);
  }
  return value.callable !== undefined || value.class !== undefined;
}

function isFixed(value: Abstract): boolean {
  return every(value, isFixedOne);
}

function isHarmless(value: Abstract): boolean {
  return every(
    value,
    one =>
      one.isHarmless === true ||
      isFixedOne(one) ||
      (one.text?.every(piece => typeof piece === 'string' || isHarmless(piece)) ?? false),
  );
}

function isCleared(value: Abstract, category: Category): boolean {
  return every(value, one => {
    if (one.safeFor?.has(category) || one.taint?.safeFor.has(category)) return true;
    if (one.text === undefined) return isHarmless(one);
    return one.text.every(
      piece => typeof piece === 'string' || isHarmless(piece) || isCleared(piece, category),
    );
  });
}

function isBuilt(value: Abstract, category?: Category): boolean {
  const built = (one: Abstract): boolean => {
    const { text } = one;
    if (text === undefined || !text.some(piece => typeof piece === 'string' && piece !== '')) return false;
    return text.some(
      piece =>
        typeof piece !== 'string' &&
        !isHarmless(piece) &&
        !(category !== undefined && isCleared(piece, category)),
    );
  };
  return built(value) || (value.also?.some(built) ?? false);
}

function patternOfPieces(pieces: readonly Piece[]): string {
  let pattern = '';
  for (const piece of pieces) {
    const part = typeof piece === 'string' ? piece : patternOf(piece);
    if (!(part === '*' && pattern.endsWith('*'))) pattern += part;
  }
  return pattern;
}

function patternOf(value: Abstract): string {
  if (value.constants?.length === 1) return String(value.constants[0]);
  if (value.text !== undefined) return patternOfPieces(value.text);
  return '*';
}

function prefixOf(value: Abstract): string {
  if (value.constants !== undefined && value.constants.length > 0) {
    const texts = value.constants.map(String);
    let prefix = texts[0] ?? '';
    for (const text of texts) while (!text.startsWith(prefix)) prefix = prefix.slice(0, -1);
    return prefix;
  }
  const [first, second] = value.text ?? NONE;
  if (typeof first === 'string') {
    return typeof second === 'object' ? first + prefixOf(second) : first;
  }
  return first === undefined ? '' : prefixOf(first);
}

const pathsOf = (value: Abstract): readonly string[] => {
  if (value.also === undefined) return value.path === undefined ? NONE : [value.path];
  const paths = new Set<string>();
  if (value.path !== undefined) paths.add(value.path);
  for (const { path } of value.also) if (path !== undefined) paths.add(path);
  return [...paths];
};

const constantsOf = (value: Abstract): readonly Primitive[] => {
  if (value.also === undefined) return value.constants ?? NONE;
  return [value, ...value.also].flatMap(one => one.constants ?? NONE);
};

const elementsOf = (value: Abstract): readonly Abstract[] => {
  const own = value.fields === undefined ? [] : [...value.fields.values()];
  return value.element === undefined ? own : [...own, value.element];
};

/** The questions rules ask of values. */
export const values: Values = {
  pathsOf,
  constantsOf,
  textOf: value => {
    const [only] = value.constants ?? NONE;
    return value.constants?.length === 1 && value.also === undefined && typeof only === 'string'
      ? only
      : undefined;
  },
  isFixed,
  isHarmless,
  taintOf: (value, category) => search(value, category, 0),
  isCleared,
  patternOf,
  prefixOf,
  isBuilt,
  field: (value, key) => {
    const field = value.fields?.get(key);
    if (field !== undefined) return field;
    for (const other of value.also ?? NONE) {
      const found = other.fields?.get(key);
      if (found !== undefined) return found;
    }
    return undefined;
  },
  elements: elementsOf,
};
