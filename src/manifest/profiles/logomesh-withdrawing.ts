import type { ManifestDocument } from '../document.ts';
import type { ManifestChange } from '../editing/index.ts';
import { itemsAt, stringAt, stringsAt } from '../meaning/values.ts';
import type { Capability, SourcePath } from '../model.ts';
import { keyOf, removals } from './withdrawing.ts';

/** The words of the system's documents for reaching a host. */
const networkWords = new Set(['fetch', 'http', 'https', 'request', 'read', 'write', 'connect']);

/**
 * The changes that take grants back in a LogoMesh manifest. A capability grants each of its permissions for each of its
 * paths or hosts: a permission goes when it is not to stay for any of them, a path when no permission is to stay for it.
 */
export function withdrawInLogomesh(
  unused: readonly Capability[],
  all: readonly Capability[],
  document: ManifestDocument,
): ManifestChange[] {
  const gone = new Set(unused);
  const kept = all.filter(capability => !gone.has(capability));
  const items = itemsAt(document, ['capabilities']) ?? [];
  return removals([
    ...items.flatMap(item => placesOf(item, { unused, kept, document })),
    ...sharedMemory(unused, kept),
  ]);
}

interface Wish {
  readonly unused: readonly Capability[];
  readonly kept: readonly Capability[];
  readonly document: ManifestDocument;
}

function placesOf(item: SourcePath, { unused, kept, document }: Wish): SourcePath[] {
  const scope = stringAt(document, [...item, 'scope']) ?? '';
  const words = stringsAt(document, [...item, 'permissions']) ?? [];
  const targets = stringsAt(document, [...item, scope === 'network' ? 'hosts' : 'paths']) ?? [];
  const hasTargets = scope === 'filesystem' || scope === 'network';
  const says = (capability: Capability, word: string): boolean =>
    isOf(capability, { item, scope, word, document });
  const isGone = (word: string): boolean =>
    unused.some(capability => says(capability, word)) && !kept.some(capability => says(capability, word));
  const goneWords = words.filter(({ value }) => isGone(value));
  const goneTargets = hasTargets
    ? targets.filter(
        ({ path }) =>
          unused.some(({ at }) => keyOf(at) === keyOf(path)) &&
          !kept.some(({ at }) => keyOf(at) === keyOf(path)),
      )
    : [];
  const isEmpty =
    (words.length > 0 && goneWords.length === words.length) ||
    (hasTargets && targets.length > 0 && goneTargets.length === targets.length);
  return isEmpty ? [item] : [...goneWords, ...goneTargets].map(({ path }) => path);
}

function isOf(
  { scope, action, resource, at }: Capability,
  about: {
    readonly item: SourcePath;
    readonly scope: string;
    readonly word: string;
    readonly document: ManifestDocument;
  },
): boolean {
  const { item, word } = about;
  const isHere = keyOf(at.slice(0, 2)) === keyOf(item);
  switch (about.scope) {
    case 'filesystem':
      return isHere && scope === 'filesystem' && action === word;
    case 'network':
      return (
        isHere && scope === 'network' && (action === word || (action === 'connect' && networkWords.has(word)))
      );
    case 'memory':
      return isHere && (scope === 'storage' || scope === 'memory') && action === word;
    case 'system':
      if (word === 'run') return scope === 'process';
      if (word.startsWith('env:')) return isHere && scope === 'environment' && resource === word.slice(4);
      return isHere && scope === 'system' && action === word;
    default:
      return isHere && scope === about.scope && action === word;
  }
}

function sharedMemory(unused: readonly Capability[], kept: readonly Capability[]): SourcePath[] {
  const at = ['coordination', 'sharedMemory'];
  const isIt = (capability: Capability): boolean => keyOf(capability.at) === keyOf(at);
  return unused.some(isIt) && !kept.some(isIt) ? [at] : [];
}
