import type { ManifestDocument } from '../document.ts';
import type { ManifestChange } from '../editing/index.ts';
import type { Capability } from '../model.ts';
import { keyOf, narrowItem, withdrawPlaces } from './withdrawing.ts';

const network = ['permissions', 'network'];

/** The changes that take grants back in a manifest after the Guide; without hosts, fetching has no use either. */
export function withdrawInGuide(
  unused: readonly Capability[],
  all: readonly Capability[],
  document: ManifestDocument,
): ManifestChange[] {
  const gone = new Set(unused);
  const hosts = all.filter(({ scope }) => scope === 'network');
  if (hosts.length === 0 || hosts.some(host => !gone.has(host))) return withdrawPlaces(unused, all, document);
  const others = unused.filter(({ scope }) => scope !== 'network');
  return [...withdrawPlaces(others, all, document), { kind: 'remove', path: network }];
}

/** The changes that put narrower resources in the place of one; of all hosts, that is a list of hosts. */
export function narrowInGuide(
  capability: Capability,
  resources: readonly string[],
  document: ManifestDocument,
): ManifestChange[] {
  if (keyOf(capability.at) !== keyOf([...network, 'fetch']))
    return narrowItem(capability, resources, document);
  return [{ kind: 'set', path: [...network, 'scope'], value: [...resources] }];
}
