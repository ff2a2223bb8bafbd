import type { ProfileId, SourcePath } from '../../manifest/index.ts';

/** What a field of a manifest stands for, beyond its type. */
export type FieldKind =
  | 'source-file'
  | 'ui-file'
  | 'image-file'
  | 'json-file'
  | 'text-file'
  | 'folder'
  | 'any-file'
  | 'read-pattern'
  | 'write-pattern'
  | 'capability-pattern'
  | 'host'
  | 'size'
  | 'version'
  | 'range'
  | 'plugin-range'
  | 'plugin-reference'
  | 'licence'
  | 'ai-model'
  | 'command'
  | 'method'
  | 'consumed-method'
  | 'event'
  | 'endpoint';

type Table = Readonly<Record<string, FieldKind>>;

/** Paths with `*` for any key and `#` for any index. */
const tables: Readonly<Record<ProfileId, Table>> = {
  aihub: {
    version: 'version',
    'build.entry': 'source-file',
    'build.output': 'folder',
    'ui.entry': 'ui-file',
    'ui.commands.#.id': 'command',
    'api.events.#': 'event',
    'api.endpoints.#.path': 'endpoint',
    'resources.models': 'folder',
    'resources.config': 'json-file',
    'resources.docs': 'text-file',
    'resources.icon': 'image-file',
    'resources.screenshots.#': 'any-file',
    'permissions.filesystem.read.#': 'read-pattern',
    'permissions.filesystem.write.#': 'write-pattern',
    'permissions.network.domains.#': 'host',
    'permissions.memory.maxSize': 'size',
    'permissions.ai.models.#': 'ai-model',
    'compatibility.minAppVersion': 'version',
    'compatibility.maxAppVersion': 'version',
    'dependencies.plugins.*': 'plugin-range',
    'dependencies.runtime.*': 'range',
  },
  guide: {
    version: 'version',
    main: 'source-file',
    license: 'licence',
    minHostVersion: 'version',
    'dependencies.*': 'plugin-range',
    'permissions.network.scope.#': 'host',
  },
  logomesh: {
    version: 'version',
    entrypoint: 'source-file',
    license: 'licence',
    'capabilities.#.paths.#': 'capability-pattern',
    'capabilities.#.hosts.#': 'host',
    'dependencies.plugins.#': 'plugin-reference',
    'coordination.exposesMethods.#': 'method',
    'coordination.consumesMethods.#': 'consumed-method',
  },
  forgeai: {
    version: 'version',
    license: 'licence',
    minimum_forgeai_version: 'version',
    maximum_forgeai_version: 'version',
  },
};

/** What the value at a path stands for; `undefined` where nothing more than its type is known. */
export function fieldKind(profile: ProfileId, path: SourcePath): FieldKind | undefined {
  const table = tables[profile];
  const named = path.map(step => (typeof step === 'number' ? '#' : step)).join('.');
  if (Object.hasOwn(table, named)) return table[named];
  const parent = path.slice(0, -1).join('.');
  return typeof path.at(-1) === 'string' ? table[`${parent}.*`] : undefined;
}

/** Whether a field names a file or folder of the plugin. */
export function isFileField(kind: FieldKind | undefined): boolean {
  return kind !== undefined && (kind === 'folder' || kind.endsWith('-file'));
}
export { type ManifestText, textsIn } from './texts.ts';
