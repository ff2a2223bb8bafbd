import type { ManifestDocument } from '../document.ts';
import type { ManifestChange } from '../editing/index.ts';
import { booleanAt, stringsAt } from '../meaning/values.ts';
import type { GrantNeed } from './profile.ts';

/** The changes that grant something in a manifest after the Guide. */
export function grantInGuide(
  { scope, action, resource }: GrantNeed,
  document: ManifestDocument,
): ManifestChange[] {
  if (scope === 'storage' || scope === 'ui')
    return [{ kind: 'set', path: ['permissions', scope, action], value: true }];
  if (scope !== 'network') return [];
  const at = ['permissions', 'network'];
  const hosts = stringsAt(document, [...at, 'scope']);
  const isOn = booleanAt(document, [...at, 'fetch']) === true;
  // Without a list, fetching reaches every host already.
  if (isOn && hosts === undefined) return [];
  const changes: ManifestChange[] = isOn ? [] : [{ kind: 'set', path: [...at, 'fetch'], value: true }];
  if (hosts?.some(({ value }) => value === resource)) return changes;
  return [...changes, { kind: 'append', path: [...at, 'scope'], value: resource }];
}
