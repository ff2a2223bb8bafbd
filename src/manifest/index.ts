export type { CodeDescription } from './code-description.ts';
export { type ManifestCode, manifestCodes } from './codes.ts';
export { type ConvertedManifest, convertManifest } from './convert-manifest.ts';
export { type ManifestDocument, parseManifest } from './document.ts';
export {
  appendItem,
  applyEdits,
  editManifest,
  type ManifestChange,
  removeAt,
  setProperty,
} from './editing/index.ts';
export { pluginIdPattern, slugOf } from './meaning/identity.ts';
export { knownRuntimes, runtimesOf } from './meaning/runtimes.ts';
export type {
  Activation,
  Capability,
  CapabilityRestrictions,
  CapabilityScope,
  Contribution,
  Contributions,
  Dependencies,
  PluginDependency,
  PluginManifest,
  ProfileId,
  ResourceLimits,
  RuntimeId,
  SourcePath,
} from './model.ts';
export {
  addGrant,
  describeGrant,
  type GrantNeed,
  type GrantReduction,
  type Machine,
  type PluginFiles,
  type Profile,
  profileOf,
  profiles,
  reduceGrants,
} from './profiles/index.ts';
export { type ManifestInput, type ManifestReading, readManifest } from './read-manifest.ts';
export type { JsonSchema } from './shape/schema.ts';
export type { ManifestNode, ManifestProperty, Span } from './text/index.ts';

/** Names a manifest can have; whether a file of that name is one, its content tells. */
export const manifestFileNames = ['plugin.json', 'plugin.yaml', 'plugin.yml'] as const;
