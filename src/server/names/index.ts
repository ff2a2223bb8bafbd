export { endpointCode } from './endpoints.ts';
export type { Occurrence, PluginName } from './name.ts';
export { type FoundName, nameInManifest, nameInSource, pluginOf } from './name-at.ts';
export { type NameScope, occurrencesOf } from './occurrences.ts';
export { renameEverywhere } from './rename.ts';
export { type Target, targetsIn } from './targets.ts';
