import type { ProfileId } from '../model.ts';
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
 * The line to add to a manifest so that it allows something, in the profile's own dialect; a sentence where the dialect
 * has no such line.
 */
export function describeGrant(profile: ProfileId, need: GrantNeed): string {
  return profileOf(profile).describeGrant(need);
}
