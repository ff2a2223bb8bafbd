import schema from '../../../schemas/logomesh.schema.json' with { type: 'json' };
import { logomesh as validateShape } from '../generated/validators.js';
import { readEntry } from '../meaning/entry.ts';
import { booleanAt, numberAt, type Placed, stringAt, stringsAt } from '../meaning/values.ts';
import { readRange, readVersion } from '../meaning/versions.ts';
import type { Contribution, PluginDependency, PluginManifest, ResourceLimits, RuntimeId } from '../model.ts';
import { describeLogomeshGrant, readLogomeshCapabilities } from './logomesh-capabilities.ts';
import { keepOrigins } from './origins.ts';
import type { MappingInput, Profile } from './profile.ts';

/** LogoMesh, manifest schema 2.0. */
export const logomesh: Profile = {
  id: 'logomesh',
  title: 'LogoMesh',
  schema,
  schemaUris: ['http://logomesh.local/schemas/plugin-manifest-v2.json', schema.$id],
  fileNames: ['plugin.json'],
  marks: ['entrypoint', 'runtime', 'capabilities', 'coordination', 'id'],
  validateShape,
  map,
  describeGrant: describeLogomeshGrant,
};

const runtimes: Readonly<Record<string, RuntimeId>> = {
  nodejs: 'node',
  javascript: 'node',
  python: 'python',
  go: 'go',
  rust: 'rust',
};

function map(input: MappingInput): PluginManifest {
  const { document } = input;
  const id = stringAt(document, ['id']) ?? '';
  const entrypoint = stringAt(document, ['entrypoint']);
  const runtime = stringAt(document, ['runtime']) ?? '';
  return {
    profile: 'logomesh',
    id,
    name: stringAt(document, ['name']) ?? id,
    version: readVersion(input, ['version']),
    description: stringAt(document, ['description']),
    runtime: Object.hasOwn(runtimes, runtime) ? runtimes[runtime] : undefined,
    entry: entrypoint === undefined ? undefined : readEntry(input, ['entrypoint'], entrypoint),
    hostRange: '*',
    capabilities: readLogomeshCapabilities(input),
    limits: readLimits(input),
    dependencies: {
      plugins: (stringsAt(document, ['dependencies', 'plugins']) ?? []).map(entry =>
        readPlugin(input, entry),
      ),
      runtimes: {},
      system: (stringsAt(document, ['dependencies', 'system']) ?? []).map(tool => tool.value),
    },
    contributions: {
      methods: readMethods(input, 'exposesMethods'),
      openMethods: false,
      events: booleanAt(document, ['coordination', 'messaging']) === true ? undefined : [],
      consumed: readMethods(input, 'consumesMethods'),
    },
    origins: keepOrigins(document, {
      id: ['id'],
      name: ['name'],
      version: ['version'],
      description: ['description'],
      runtime: ['runtime'],
      entry: ['entrypoint'],
      capabilities: ['capabilities'],
      'limits.memoryBytes': ['resources', 'maxMemoryMB'],
      'limits.cpuPercent': ['resources', 'maxCpuPercent'],
      'limits.fileHandles': ['resources', 'maxFileHandles'],
      'limits.connections': ['resources', 'maxNetworkConnections'],
      dependencies: ['dependencies'],
      contributions: ['coordination', 'exposesMethods'],
      events: ['coordination', 'messaging'],
    }),
  };
}

function readMethods({ document }: MappingInput, list: 'exposesMethods' | 'consumesMethods'): Contribution[] {
  const names = stringsAt(document, ['coordination', list]) ?? [];
  return names.map(({ value, path }) => ({ id: value, title: value, at: path }));
}

function readLimits({ document }: MappingInput): ResourceLimits {
  const read = (key: string) => numberAt(document, ['resources', key]);
  const megabytes = read('maxMemoryMB');
  return {
    memoryBytes: megabytes === undefined ? undefined : Math.floor(megabytes * 1024 * 1024),
    cpuPercent: read('maxCpuPercent'),
    fileHandles: read('maxFileHandles'),
    connections: read('maxNetworkConnections'),
  };
}

/** `id` or `id@range`. */
function readPlugin(input: MappingInput, { value, path }: Placed<string>): PluginDependency {
  const at = value.indexOf('@', 1);
  if (at < 0) return { id: value, range: '*', at: path };
  return { id: value.slice(0, at), range: readRange(input, { value: value.slice(at + 1), path }), at: path };
}
