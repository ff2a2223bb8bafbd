import { isDeepStrictEqual } from 'node:util';
import picomatch from 'picomatch';
import type { BareCapability } from './capability-key.ts';
import { stricter } from './capability-key.ts';

/**
 * True when whatever `inner` allows, `outer` allows too. Where that can't be told for sure it is false, so that someone
 * is asked once too often rather than once too little.
 */
export function covers(outer: BareCapability, inner: BareCapability): boolean {
  return (
    coversTarget(outer, inner) &&
    // Nothing is left that `outer` would add to the conditions of `inner`.
    isDeepStrictEqual(stricter(inner.restrictions, outer.restrictions), stricter(inner.restrictions, {}))
  );
}

/** The same for scope, action and resource alone. */
export function coversTarget(outer: BareCapability, inner: BareCapability): boolean {
  if (outer.scope !== inner.scope) return false;
  if (outer.action !== inner.action && outer.action !== '*') return false;
  return coversPattern(outer.resource, inner.resource);
}

/** True when every resource that `inner` matches, `outer` matches. */
export function coversPattern(wide: string, narrow: string): boolean {
  if (wide === '*' || wide === narrow) return true;
  // The manifest's `./a` and `a` are the same path; the matcher does not think so.
  const [outer, inner] = [wide, narrow].map(pattern => pattern.replace(/^(\.\/)+/, '')) as [string, string];
  if (inner.split('/').includes('..')) return false;
  if (!/[*?[\]{}()!+@|\\]/.test(inner)) return picomatch.isMatch(inner, outer, { dot: true, nonegate: true });
  // A whole folder holds every pattern that begins in it.
  const folder = /^([^*?[\]{}()!+@|\\]*\/)\*\*$/.exec(outer)?.[1];
  return folder !== undefined && inner.startsWith(folder);
}
