import schema from '../../../schemas/aihub.schema.json' with { type: 'json' };
import { aihub as validateShape } from '../generated/validators.js';
import { runtimeOfFile } from '../meaning/entry.ts';
import { readSlug } from '../meaning/identity.ts';
import { checkCompanion } from '../meaning/paths.ts';
import { checkUnique } from '../meaning/unique.ts';
import {
  booleanAt,
  itemsAt,
  keysAt,
  type Placed,
  stringAt,
  stringMapAt,
  stringsAt,
} from '../meaning/values.ts';
import { readDependencies, readHostRange, readRange, readVersion } from '../meaning/versions.ts';
import type { Contribution, Dependencies, PluginManifest, SourcePath } from '../model.ts';
import { readAihubEntry } from './aihub-entry.ts';
import { describeAihubGrant, readAihubCapabilities } from './aihub-permissions.ts';
import { keepOrigins } from './origins.ts';
import type { MappingInput, Profile } from './profile.ts';

/** PajamasWeb AI Hub. */
export const aihub: Profile = {
  id: 'aihub',
  title: 'AI Hub',
  schema,
  schemaUris: [schema.$id],
  fileNames: ['plugin.json'],
  marks: ['type', 'compatibility', 'api', 'ui', 'build', 'resources', 'scripts', 'permissions'],
  validateShape,
  map,
  describeGrant: describeAihubGrant,
};

function map(input: MappingInput): PluginManifest {
  const { document } = input;
  const name = stringAt(document, ['name']) ?? '';
  const entry = readAihubEntry(input);
  const commands = readCommands(input);
  checkUnique(input, 'panel', idsAt(input, ['ui', 'panels']));
  checkUnique(input, 'endpoint', readEndpoints(input));
  checkCompanions(input);
  return {
    profile: 'aihub',
    id: readSlug(input, ['name']),
    name,
    version: readVersion(input, ['version']),
    description: stringAt(document, ['description']),
    runtime: entry === undefined ? undefined : runtimeOfFile(entry.file),
    entry: entry?.file,
    hostRange: readHostRange(input, ['compatibility', 'minAppVersion'], ['compatibility', 'maxAppVersion']),
    capabilities: readAihubCapabilities(input),
    // `permissions.memory.maxSize` bounds what is stored, not the process; the system states no process limits.
    limits: {},
    dependencies: readAihubDependencies(input),
    contributions: {
      methods: commands,
      openMethods: true,
      events: (stringsAt(document, ['api', 'events']) ?? []).map(event => event.value),
    },
    origins: keepOrigins(document, {
      id: ['name'],
      name: ['name'],
      version: ['version'],
      description: ['description'],
      entry: entry?.at,
      hostRange: ['compatibility'],
      capabilities: ['permissions'],
      dependencies: ['dependencies'],
      contributions: ['ui', 'commands'],
      events: ['api', 'events'],
    }),
  };
}

function readCommands(input: MappingInput): Contribution[] {
  const { document } = input;
  const ids = idsAt(input, ['ui', 'commands']);
  checkUnique(input, 'command', ids);
  return ids.map(({ value, path }) => {
    const at = path.slice(0, -1);
    const title = stringAt(document, [...at, 'title']) ?? value;
    return { id: value, title, category: stringAt(document, [...at, 'category']), at };
  });
}

function idsAt({ document }: MappingInput, list: SourcePath): Placed<string>[] {
  return (itemsAt(document, list) ?? []).flatMap(item => {
    const path = [...item, 'id'];
    const value = stringAt(document, path);
    return value === undefined ? [] : [{ value, path }];
  });
}

/** Two endpoints may share a path when their methods differ. */
function readEndpoints({ document }: MappingInput): Placed<string>[] {
  return (itemsAt(document, ['api', 'endpoints']) ?? []).flatMap(item => {
    const path = stringAt(document, [...item, 'path']);
    const method = stringAt(document, [...item, 'method']);
    return path === undefined || method === undefined
      ? []
      : [{ value: `${method} ${path}`, path: [...item, 'path'] }];
  });
}

function checkCompanions(input: MappingInput): void {
  const { document } = input;
  const single = [['ui', 'entry'], ...['models', 'config', 'docs', 'icon'].map(key => ['resources', key])];
  for (const path of single) {
    const value = stringAt(document, path);
    if (value !== undefined) checkCompanion(input, path, value);
  }
  for (const { value, path } of stringsAt(document, ['resources', 'screenshots']) ?? [])
    checkCompanion(input, path, value);
}

function readAihubDependencies(input: MappingInput): Dependencies {
  const { document } = input;
  const runtimes = stringMapAt(document, ['dependencies', 'runtime']).map(
    entry => [entry.key, readRange(input, entry)] as const,
  );
  const system = keysAt(document, ['dependencies', 'system']);
  return {
    plugins: readDependencies(input, stringMapAt(document, ['dependencies', 'plugins'])),
    runtimes: Object.fromEntries(runtimes),
    // `false` says that the tool is useful but not needed.
    system: system.filter(tool => booleanAt(document, ['dependencies', 'system', tool]) === true),
  };
}
