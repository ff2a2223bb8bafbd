/**
 * Everything with a heavy library behind it: the manifest's parsers, the language client, the protocol's schemas. It
 * is imported in one place, dynamically, after activation, so that opening a window does not wait for it.
 */

export { addGrant, parseManifest, profiles } from '../manifest/index.ts';
export {
  checkPluginName,
  diskFiles,
  planScaffold,
  scaffoldLanguages,
  templatesIn,
  writeChangeSet,
} from '../scaffold/index.ts';
export { launchHost } from './host/launch-host.ts';
export { startLanguageService } from './language/language-client.ts';
export { readPluginFolder } from './plugins/read-plugin-folder.ts';
export { writeSdkPackage } from './types/sdk-package.ts';
