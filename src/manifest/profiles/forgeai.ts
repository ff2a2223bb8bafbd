import schema from '../../../schemas/forgeai.schema.json' with { type: 'json' };
import { forgeai as validateShape } from '../generated/validators.js';
import { runtimeOfFile } from '../meaning/entry.ts';
import { checkAddress } from '../meaning/hosts.ts';
import { checkNames, readTools } from '../meaning/sanity.ts';
import { stringAt, stringsAt } from '../meaning/values.ts';
import { readHostRange, readVersion } from '../meaning/versions.ts';
import type { PluginManifest } from '../model.ts';
import { writeForgeai } from '../writing/forgeai.ts';
import { checkContainer } from './forgeai-container.ts';
import { keepOrigins } from './origins.ts';
import type { GrantNeed, MappingInput, Profile } from './profile.ts';

/** ForgeAI language executors. */
export const forgeai: Profile = {
  id: 'forgeai',
  title: 'ForgeAI',
  schema,
  schemaUris: [schema.$id],
  fileNames: ['plugin.yaml', 'plugin.yml'],
  marks: [
    'supported_languages',
    'minimum_forgeai_version',
    'maximum_forgeai_version',
    'security_level',
    'container_image',
  ],
  validateShape,
  map,
  describeGrant,
  grant: () => [],
  write: writeForgeai,
  ownFields: [['supported_languages'], ['security_level'], ['container_image']],
};

/** The manifest names no entry: it is the `main` file of whichever language is there. */
const entries = [
  'main.js',
  'main.mjs',
  'main.cjs',
  'main.ts',
  'main.go',
  'main.py',
  'src/main.rs',
  'main.rs',
];

/** What every executor answers, in the words of its interface. */
const methods = [
  { id: 'execute', title: 'Execute code' },
  { id: 'executeFile', title: 'Execute a file' },
  { id: 'supportedLanguages', title: 'Supported languages' },
];

function map(input: MappingInput): PluginManifest {
  const { document, files, report } = input;
  const name = stringAt(document, ['name']) ?? '';
  const entry = entries.find(file => files.kindOf(file) === 'file');
  if (entry === undefined) {
    report(
      'PW-MANIFEST-ENTRY-MISSING',
      ['name'],
      `The plugin has no entry file: one of ${entries.join(', ')}.`,
    );
  }
  checkNames(input, 'a language', stringsAt(document, ['supported_languages']) ?? []);
  for (const key of ['homepage', 'repository']) {
    const value = stringAt(document, [key]);
    if (value !== undefined) checkAddress(input, { value, path: [key] });
  }
  checkContainer(input);
  return {
    profile: 'forgeai',
    id: name,
    name,
    version: readVersion(input, ['version']),
    description: stringAt(document, ['description']),
    runtime: entry === undefined ? undefined : runtimeOfFile(entry),
    entry,
    hostRange: readHostRange(input, ['minimum_forgeai_version'], ['maximum_forgeai_version']),
    capabilities: [],
    limits: {},
    dependencies: {
      plugins: [],
      runtimes: {},
      system: readTools(input, ['dependencies']),
    },
    contributions: {
      methods: methods.map(method => ({ ...method, at: ['supported_languages'] })),
      openMethods: false,
      events: [],
      languages: (stringsAt(document, ['supported_languages']) ?? []).map(({ value }) => value),
    },
    origins: keepOrigins(document, {
      id: ['name'],
      name: ['name'],
      version: ['version'],
      description: ['description'],
      hostRange: ['minimum_forgeai_version'],
      dependencies: ['dependencies'],
      contributions: ['supported_languages'],
    }),
  };
}

function describeGrant({ scope }: GrantNeed): string {
  return `A ForgeAI manifest grants no permissions; ${scope} access is set by the host's configuration.`;
}
