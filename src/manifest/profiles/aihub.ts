import schema from '../../../schemas/aihub.schema.json' with { type: 'json' };
import { aihub as validateShape } from '../generated/validators.js';
import { runtimeOfFile } from '../meaning/entry.ts';
import { checkGlob } from '../meaning/file-patterns.ts';
import { checkAddress } from '../meaning/hosts.ts';
import { readSlug } from '../meaning/identity.ts';
import { checkPlatforms, checkRuntimes } from '../meaning/machine.ts';
import { type CompanionKind, checkCompanion, normalizeInside } from '../meaning/paths.ts';
import { checkEndpointPath, checkNames } from '../meaning/sanity.ts';
import { checkInstallScript, installScripts } from '../meaning/scripts.ts';
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
import { writeAihub } from '../writing/aihub.ts';
import { readAihubEntry } from './aihub-entry.ts';
import { grantInAihub } from './aihub-granting.ts';
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
  grant: grantInAihub,
  write: writeAihub,
  ownFields: [
    ['compatibility', 'platforms'],
    ['compatibility', 'architecture'],
    ['api', 'endpoints'],
    ['ui', 'entry'],
    ['ui', 'panels'],
    ['resources'],
    ['build', 'output'],
    ['build', 'exclude'],
    ['scripts'],
  ],
};

function map(input: MappingInput): PluginManifest {
  const { document } = input;
  const name = stringAt(document, ['name']) ?? '';
  const entry = readAihubEntry(input);
  const commands = readCommands(input);
  checkUnique(input, 'panel', idsAt(input, ['ui', 'panels']));
  checkUnique(input, 'endpoint', readEndpoints(input));
  for (const item of itemsAt(document, ['api', 'endpoints']) ?? []) {
    const path = [...item, 'path'];
    checkEndpointPath(input, { value: stringAt(document, path) ?? '', path });
  }
  checkNames(input, 'an event', stringsAt(document, ['api', 'events']) ?? []);
  checkCompanions(input);
  checkRest(input, entry?.file);
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
  for (const [path, kind] of companions) {
    const value = stringAt(document, path);
    if (value !== undefined) checkCompanion(input, path, value, kind);
  }
  for (const { value, path } of stringsAt(document, ['resources', 'screenshots']) ?? [])
    checkCompanion(input, path, value, { ...image, what: 'an image or a folder', folder: true });
  const output = stringAt(document, ['build', 'output']);
  const inside = output === undefined ? undefined : normalizeInside(output);
  if (inside !== undefined && inside !== '' && input.files.kindOf(inside) === 'file')
    input.report('PW-MANIFEST-FILE-KIND', ['build', 'output'], `\`${output}\` is not a folder.`);
}

/** Scripts, patterns, addresses, runtimes and platforms. */
function checkRest(input: MappingInput, entry: string | undefined): void {
  const { document } = input;
  for (const name of installScripts) {
    const path = ['scripts', name];
    const value = stringAt(document, path);
    if (value !== undefined) checkInstallScript(input, `scripts.${name}`, { value, path });
  }
  for (const pattern of stringsAt(document, ['build', 'exclude']) ?? []) checkGlob(input, pattern);
  for (const key of ['homepage', 'repository']) {
    const value = stringAt(document, [key]);
    if (value !== undefined) checkAddress(input, { value, path: [key] });
  }
  checkPlatforms(input);
  checkRuntimes(input, stringMapAt(document, ['dependencies', 'runtime']), entry);
}

const image: CompanionKind = {
  what: 'an image',
  extensions: ['png', 'jpg', 'jpeg', 'svg', 'gif', 'webp', 'ico'],
};
const pages = ['js', 'mjs', 'cjs', 'ts', 'mts', 'tsx', 'jsx', 'html', 'htm', 'vue', 'svelte'];
const companions: readonly (readonly [SourcePath, CompanionKind])[] = [
  [['ui', 'entry'], { what: 'a file of a user interface', extensions: pages }],
  [['resources', 'models'], { what: 'a model or a folder of models', extensions: [], folder: true }],
  [['resources', 'config'], { what: 'a JSON Schema', extensions: ['json', 'yaml', 'yml'] }],
  [
    ['resources', 'docs'],
    {
      what: 'a document or a folder of them',
      extensions: ['md', 'txt', 'html', 'htm', 'pdf', 'adoc', 'rst'],
      folder: true,
    },
  ],
  [['resources', 'icon'], image],
];

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
