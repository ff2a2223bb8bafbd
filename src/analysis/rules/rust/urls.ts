import type { Abstract, Values } from '../../flow/index.ts';

const SCHEME_AND_HOST = /^[a-z][\w+.-]*:\/\/[^/?#*]+[/?#]/i;

/** Whether the scheme and host of an address are fixed, so that only its path is anybody's choice. */
export function hasFixedHost(value: Abstract, values: Values): boolean {
  const prefix = values.prefixOf(value);
  return SCHEME_AND_HOST.test(prefix) || /^\/[^/\\*]/.test(prefix) || /^[?#]/.test(prefix);
}
