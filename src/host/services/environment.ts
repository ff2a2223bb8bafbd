import type { Capability } from '../../manifest/index.ts';
import { fitsSegment } from './files/segment.ts';

/**
 * The variables of the user's environment that a plugin is granted: those its capabilities name, exactly or by a
 * pattern such as `MYAPP_*`.
 *
 * @param now milliseconds since the epoch
 */
export function grantedEnvironment(
  capabilities: readonly Capability[],
  env: Readonly<Record<string, string | undefined>>,
  now: number,
): Record<string, string> {
  const patterns = capabilities
    .filter(
      ({ scope, restrictions }) => scope === 'environment' && (restrictions.expiresAt ?? Infinity) > now,
    )
    .map(({ resource }) => resource);
  const granted: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || value.includes('\0')) continue;
    if (patterns.some(pattern => fitsSegment(pattern, name))) granted[name] = value;
  }
  return granted;
}
