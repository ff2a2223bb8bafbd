import type { Capability } from '../../manifest/index.ts';
import type { Deed } from './grants.ts';
import { coversFiles, coversHosts } from './patterns.ts';
import { filePattern } from './resource.ts';

/** More than this is no list that people keep; then nothing narrower is proposed. */
const MOST_RESOURCES = 8;

/**
 * What would do in the place of a grant, for everything that is known to use it; `undefined` where it is as narrow as
 * anyone writes it. A folder that is used in one of its files is no news: only a grant that begins further up than its use,
 * or one for hosts of anybody, is called wider.
 */
export function narrowerThan(capability: Capability, uses: readonly Deed[]): readonly string[] | undefined {
  const { scope, resource } = capability;
  if (scope === 'filesystem') return narrowerFiles(resource, uses);
  if (scope === 'network') return narrowerHosts(resource, uses);
  return undefined;
}

function narrowerFiles(grant: string, uses: readonly Deed[]): readonly string[] | undefined {
  if (!/\*\*/u.test(grant) && grant !== '*') return undefined;
  const root = folderOf(grant);
  const used = uses.map(({ resource }) => filePattern(resource));
  if (used.length === 0 || used.some(path => coversFiles(grant, path) !== 'all')) return undefined;
  const folders = [...new Set(used.map(childOf(root)))];
  if (folders.includes(undefined) || folders.length > MOST_RESOURCES) return undefined;
  // In the manner of the manifest: `book/**` becomes `book/2026/**`.
  const isBare = /^[^./*]/u.test(grant);
  return (folders as string[]).map(path => (isBare ? path.replace(/^\.\//u, '') : path)).sort();
}

/** The folder a pattern begins in: `./data` of `./data/**`; empty for one that begins anywhere. */
function folderOf(pattern: string): string {
  const before = pattern.slice(0, pattern.indexOf('*'));
  const path = before === '' ? '' : filePattern(before);
  return path === './' ? '.' : path.replace(/\/$/u, '');
}

/**
 * The folder below the grant's that a path lies in, with all it holds; `undefined` for what lies right in the grant's own
 * folder, which therefore has to stay.
 */
function childOf(root: string): (path: string) => string | undefined {
  return path => {
    const isAnywhere = root === '';
    const rest = isAnywhere ? path.replace(/^\.\//u, '') : path.slice(root.length + 1);
    const parts = rest.split('/').filter(part => part !== '');
    const folder = parts.slice(0, -1);
    const stop = folder.findIndex(part => part.includes('*'));
    const known = stop < 0 ? folder : folder.slice(0, stop);
    if (known.length === 0) return undefined;
    const front = isAnywhere ? (path.startsWith('./') ? './' : path.startsWith('/') ? '/' : '') : `${root}/`;
    return `${front}${known.join('/')}/**`;
  };
}

function narrowerHosts(grant: string, uses: readonly Deed[]): readonly string[] | undefined {
  if (!grant.includes('*')) return undefined;
  const hosts = [...new Set(uses.map(({ resource }) => resource))];
  if (hosts.length === 0 || hosts.length > MOST_RESOURCES) return undefined;
  const isWithin = hosts.every(host => host !== grant && coversHosts(grant, host) === 'all');
  return isWithin ? hosts.sort() : undefined;
}
