import type { TextEdit } from '../../base/index.ts';
import type { ManifestDocument } from '../document.ts';
import { editManifest } from '../editing/index.ts';
import type { ProfileId, SourcePath } from '../model.ts';
import { aihub } from './aihub.ts';
import { forgeai } from './forgeai.ts';
import { guide } from './guide.ts';
import { logomesh } from './logomesh.ts';
import type { GrantNeed, Profile } from './profile.ts';

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
