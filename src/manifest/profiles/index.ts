import type { TextEdit } from '../../base/index.ts';
import type { ManifestDocument } from '../document.ts';
import { editManifest } from '../editing/index.ts';
import type { Capability, ProfileId, SourcePath } from '../model.ts';
import { aihub } from './aihub.ts';
import { forgeai } from './forgeai.ts';
import { guide } from './guide.ts';
import { logomesh } from './logomesh.ts';
import type { GrantNeed, Profile } from './profile.ts';
import { narrowItem, withdrawPlaces } from './withdrawing.ts';

export type { GrantNeed, Machine, MappingInput, PluginFiles, Profile } from './profile.ts';

/** The described plugin systems. */
export const profiles: readonly Profile[] = [aihub, guide, logomesh, forgeai];

/** The profile of an id. */
export function profileOf(id: ProfileId): Profile {
  const profile = profiles.find(candidate => candidate.id === id);
  if (profile === undefined) throw new Error(`There is no profile ${id}`);
  return profile;
}

/**
 * The edits that allow something in a manifest, in its profile's own dialect; comments and unknown fields stay. Empty
 * when it is allowed already, or the dialect has no way to.
 */
export function addGrant(document: ManifestDocument, profile: ProfileId, need: GrantNeed): TextEdit[] {
  const changes = profileOf(profile)
    .grant(need, document)
    .filter(change => change.kind !== 'set' || valueAt(document, change.path) !== change.value);
  return changes.length === 0 ? [] : editManifest(document, changes);
}

/** How grants of a manifest become fewer; nothing of it can make them more. */
export interface GrantReduction {
  /** Everything the manifest grants, as it was read. */
  readonly all: readonly Capability[];
  /** Those of `all` that are taken back. */
  readonly unused: readonly Capability[];
  /** Those of `all` whose resource is replaced by narrower ones. */
  readonly narrowed: readonly { readonly capability: Capability; readonly resources: readonly string[] }[];
}

/**
 * The edits that take grants back and narrow them, in the manifest's own dialect. Empty when there is nothing to do, or
 * the dialect or the layout has no way to.
 */
export function reduceGrants(
  document: ManifestDocument,
  profile: ProfileId,
  { all, unused, narrowed }: GrantReduction,
): TextEdit[] {
  const { withdraw = withdrawPlaces, narrow = narrowItem } = profileOf(profile);
  const changes = [
    ...narrowed.flatMap(({ capability, resources }) => narrow(capability, resources, document)),
    ...(unused.length === 0 ? [] : withdraw(unused, all, document)),
  ];
  return changes.length === 0 ? [] : editManifest(document, changes);
}

function valueAt(document: ManifestDocument, path: SourcePath): unknown {
  const node = document.nodeAt(path);
  return node?.kind === 'scalar' ? node.value : undefined;
}

/**
 * The line to add to a manifest so that it allows something, in the profile's own dialect; a sentence where the dialect
 * has no such line.
 */
export function describeGrant(profile: ProfileId, need: GrantNeed): string {
  return profileOf(profile).describeGrant(need);
}
