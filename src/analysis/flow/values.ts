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

/** Parts of a value that a question looks at; containers that hold themselves many times over have no end of them. */
const MAX_PARTS = 400;

let parts = 0;

/** The worst taint anywhere in a value, whatever it was made safe for. */
export function anyTaint(value: Abstract): Taint | undefined {
  parts = 0;
  return search(value, undefined, 0);
}

function search(value: Abstract, category: Category | undefined, depth: number): Taint | undefined {
  if (category !== undefined && value.safeFor?.has(category)) return undefined;
  let found = value.taint;
  if (found !== undefined && category !== undefined && found.safeFor.has(category)) found = undefined;
  if (found?.level === 'user' || depth > MAX_DEPTH || ++parts > MAX_PARTS) return found;
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

function isFixedOne(value: Abstract, depth = 0): boolean {
  if (value.taint !== undefined) return false;
  if (value.constants !== undefined) return true;
  if (depth > MAX_DEPTH) return false;
  if (value.text !== undefined) {
    return value.text.every(piece => typeof piece === 'string' || isFixed(piece, depth + 1));
  }
  if (value.fields !== undefined && value.path === undefined && value.instance === undefined) {
    if (value.element !== undefined && !isFixed(value.element, depth + 1)) return false;
    for (const field of value.fields.values()) if (!isFixed(field, depth + 1)) return false;
    return true;
  }
  return value.callable !== undefined || value.class !== undefined;
}

function isFixed(value: Abstract, depth = 0): boolean {
  return every(value, one => isFixedOne(one, depth));
}

function isHarmless(value: Abstract, depth = 0): boolean {
  return every(value, one => {
    if (one.isHarmless === true || isFixedOne(one, depth)) return true;
    if (one.text === undefined || depth > MAX_DEPTH) return false;
    return one.text.every(piece => typeof piece === 'string' || isHarmless(piece, depth + 1));
  });
}

function isCleared(value: Abstract, category: Category, depth = 0): boolean {
  return every(value, one => {
    if (one.safeFor?.has(category) || one.taint?.safeFor.has(category)) return true;
    if (one.text === undefined || depth > MAX_DEPTH) return isHarmless(one, depth);
    return one.text.every(piece => typeof piece === 'string' || isCleared(piece, category, depth + 1));
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

function patternOfPieces(pieces: readonly Piece[], depth: number): string {
  let pattern = '';
  for (const piece of pieces) {
    const part = typeof piece === 'string' ? piece : patternOf(piece, depth + 1);
    if (!(part === '*' && pattern.endsWith('*'))) pattern += part;
  }
  return pattern;
}

function patternOf(value: Abstract, depth = 0): string {
  if (value.constants?.length === 1) return String(value.constants[0]);
  if (value.text !== undefined && depth <= MAX_DEPTH) return patternOfPieces(value.text, depth);
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
  isFixed: value => isFixed(value),
  isHarmless: value => isHarmless(value),
  taintOf: (value, category) => {
    parts = 0;
    return search(value, category, 0);
  },
  isCleared: (value, category) => isCleared(value, category),
  patternOf: value => patternOf(value),
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
