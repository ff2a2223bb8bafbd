import type { ManifestDocument } from '../document.ts';
import type { ManifestChange } from '../editing/index.ts';
import { itemsAt, stringAt, stringsAt } from '../meaning/values.ts';
import type { SourcePath } from '../model.ts';
import { freeId } from '../writing/logomesh.ts';
import type { GrantNeed } from './profile.ts';

const messagingOn: ManifestChange = { kind: 'set', path: ['coordination', 'messaging'], value: true };

function consume(document: ManifestDocument, method: string): ManifestChange[] {
  const path = ['coordination', 'consumesMethods'];
  if (stringsAt(document, path)?.some(({ value }) => value === method)) return [];
  return [{ kind: 'append', path, value: method }];
}

function depend(document: ManifestDocument, program: string): ManifestChange[] {
  const path = ['dependencies', 'system'];
  if (stringsAt(document, path)?.some(({ value }) => value === program)) return [];
  return [{ kind: 'append', path, value: program }];
}

/** The changes that grant something in a LogoMesh manifest. */
export function grantInLogomesh(need: GrantNeed, document: ManifestDocument): ManifestChange[] {
  const { scope, action, resource } = need;
  switch (scope) {
    case 'filesystem':
      return widen(document, scope, action, { key: 'paths', value: resource });
    case 'network':
      return widen(document, scope, action, { key: 'hosts', value: resource });
    case 'storage':
      return widen(document, 'memory', action);
    case 'memory':
      return [{ kind: 'set', path: ['coordination', 'sharedMemory'], value: true }];
    case 'process':
      return [...widen(document, 'system', action), ...depend(document, resource)];
    case 'environment':
      return widen(document, 'system', `env:${resource}`);
    case 'system':
    case 'ui':
      return widen(document, scope, action);
    case 'events':
      return [messagingOn];
    case 'messages':
      return action === 'call' ? consume(document, resource) : [messagingOn];
    case 'commands':
      return [{ kind: 'append', path: ['coordination', 'exposesMethods'], value: resource }];
    default:
      return [];
  }
}

/** Adds to a capability that grants just this action without conditions, else writes a new one. */
function widen(
  document: ManifestDocument,
  scope: string,
  action: string,
  target?: { readonly key: 'paths' | 'hosts'; readonly value: string },
): ManifestChange[] {
  const capabilities = itemsAt(document, ['capabilities']) ?? [];
  const wordsAt = (path: SourcePath) => (stringsAt(document, path) ?? []).map(({ value }) => value);
  const same = capabilities.find(at => {
    const isFree = ['restrictions', 'expiresAt'].every(key => document.nodeAt([...at, key]) === undefined);
    const actions = wordsAt([...at, 'permissions']);
    const isOnly = target === undefined || (actions.length === 1 && actions[0] === action);
    return isFree && isOnly && stringAt(document, [...at, 'scope']) === scope;
  });
  if (same !== undefined) {
    const path = [...same, target?.key ?? 'permissions'];
    const value = target?.value ?? action;
    return wordsAt(path).includes(value) ? [] : [{ kind: 'append', path, value }];
  }
  const taken = new Set(capabilities.map(at => stringAt(document, [...at, 'id']) ?? ''));
  const capability = {
    id: freeId(`${scope}-${action}`, taken),
    scope,
    permissions: [action],
    ...(target === undefined ? {} : { [target.key]: [target.value] }),
  };
  return [{ kind: 'append', path: ['capabilities'], value: capability }];
}
