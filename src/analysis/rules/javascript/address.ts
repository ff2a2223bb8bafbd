import type { Abstract } from '../../flow/index.ts';
import type { RuleContext } from '../rule.ts';

/** The host is named in front, so that what follows can only be a path below it; or the path is on the same server. */
export function hasFixedHost(prefix: string): boolean {
  return (
    /^(?:[a-z][\w+.-]*:)?\/\/[^/?#\s]+[/?#]/i.test(prefix) ||
    /^\/(?![/\\])./.test(prefix) ||
    /^[?#]/.test(prefix)
  );
}

/** Whether others choose the host of an address, and not only what stands behind a host of the plugin's own choice. */
export function isHostChosen(value: Abstract, { values }: RuleContext): boolean {
  if (hasFixedHost(values.prefixOf(value))) return false;
  let hasOwnFront = false;
  for (const piece of value.text ?? []) {
    if (typeof piece === 'string') {
      if (hasOwnFront && /[/?#]/.test(piece)) return false;
    } else if (values.taintOf(piece, 'ssrf')?.level === 'user') return true;
    else hasOwnFront = true;
  }
  return true;
}
