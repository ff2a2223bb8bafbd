export { findManifests, isLeftOut, type ManifestSearch } from './find-manifests.ts';
export { pluginFilesOnDisk } from './plugin-files.ts';
export { type ManifestFile, readManifestFile } from './read-manifest-file.ts';
export { type ManifestText, readManifestText } from './read-text.ts';
export {
  createRuntimeFinder,
  type InstalledRuntimes,
  type RuntimeFinder,
  type RuntimeFinderOptions,
} from './runtimes/index.ts';
export { thisMachine } from './this-machine.ts';
