import type { ManifestDocument } from '../document.ts';
import type { ManifestChange } from '../editing/index.ts';
import { stringsAt } from '../meaning/values.ts';
import type { SourcePath } from '../model.ts';
import type { GrantNeed } from './profile.ts';

/** The changes that grant something in an AI Hub manifest. */
export function grantInAihub(
  { scope, action, resource, protocol }: GrantNeed,
  document: ManifestDocument,
): ManifestChange[] {
  const isThere = (path: SourcePath) => document.nodeAt(path) !== undefined;
  const add = (path: SourcePath, value: string): ManifestChange[] =>
    stringsAt(document, path)?.some(item => item.value === value) ? [] : [{ kind: 'append', path, value }];
  const setOnce = (path: SourcePath, value: unknown): ManifestChange[] =>
    isThere(path) ? [] : [{ kind: 'set', path, value }];
  const permissions = (...steps: string[]) => ['permissions', ...steps];
  switch (scope) {
    case 'filesystem':
      return action === 'read' || action === 'write' ? add(permissions('filesystem', action), resource) : [];
    case 'network':
      return [
        ...add(permissions('network', 'domains'), resource),
        ...(protocol === undefined
          ? setOnce(permissions('network', 'protocols'), ['https'])
          : add(permissions('network', 'protocols'), protocol)),
      ];
    case 'storage':
      return setOnce(permissions('memory', 'maxSize'), '10MB');
    case 'memory':
      return [
        ...setOnce(permissions('memory', 'maxSize'), '10MB'),
        ...add(permissions('memory', 'collections'), resource),
      ];
    case 'ai':
      return add(permissions('ai', 'models'), resource);
    case 'system':
      return [{ kind: 'set', path: permissions('system', action), value: true }];
    case 'events':
      return [...setOnce(['api', 'version'], '1.0'), ...add(['api', 'events'], resource)];
    case 'commands':
      return [{ kind: 'append', path: ['ui', 'commands'], value: { id: resource, title: resource } }];
    default:
      return [];
  }
}
