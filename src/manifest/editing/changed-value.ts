import type { SourcePath } from '../model.ts';

/** One thing to change in a manifest, whatever its syntax. */
export type ManifestChange =
  | { readonly kind: 'set' | 'append'; readonly path: SourcePath; readonly value: unknown }
  | { readonly kind: 'remove'; readonly path: SourcePath };

/** The plain value a change should lead to; `undefined` when it can not be made. */
export function changedValue(value: unknown, change: ManifestChange): unknown {
  return at(value, change.path, change);
}

function at(value: unknown, path: SourcePath, change: ManifestChange): unknown {
  const [step, ...rest] = path;
  if (step === undefined) {
    if (change.kind === 'set') return change.value;
    if (change.kind === 'remove') return undefined;
    if (value === undefined || value === null) return [change.value];
    return Array.isArray(value) ? [...value, change.value] : undefined;
  }
  const isRemoval = change.kind === 'remove' && rest.length === 0;
  if (Array.isArray(value)) {
    if (typeof step !== 'number' || step >= value.length) return undefined;
    if (isRemoval) return value.filter((_, index) => index !== step);
    const inner = at(value[step], rest, change);
    return inner === undefined ? undefined : value.with(step, inner);
  }
  if (typeof step === 'number') return undefined;
  const isObject = typeof value === 'object' && value !== null;
  const entries = isObject ? Object.entries(value) : [];
  const index = entries.findIndex(([key]) => key === step);
  if (isRemoval) return index < 0 ? undefined : Object.fromEntries(entries.toSpliced(index, 1));
  if (change.kind === 'remove' && index < 0) return undefined;
  const inner = at(entries[index]?.[1], rest, change);
  if (inner === undefined) return undefined;
  return Object.fromEntries(index < 0 ? [...entries, [step, inner]] : entries.with(index, [step, inner]));
}

/** True when two plain values are the same; the order of keys does not count. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a);
  if (left.length !== Object.keys(b).length) return false;
  return left.every(
    ([key, value]) => Object.hasOwn(b, key) && sameValue(value, (b as Record<string, unknown>)[key]),
  );
}
