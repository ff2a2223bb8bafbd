import schema from '../../../schemas/logomesh.schema.json' with { type: 'json' };
import { logomesh as validateShape } from '../generated/validators.js';
import { readEntry, runtimeOfFile } from '../meaning/entry.ts';
import { checkRuntime } from '../meaning/machine.ts';
import { checkLimit, checkNames, readTools } from '../meaning/sanity.ts';
import { checkUnique } from '../meaning/unique.ts';
import { booleanAt, keysAt, numberAt, type Placed, stringAt, stringsAt } from '../meaning/values.ts';
import { checkPluginId, readRange, readVersion } from '../meaning/versions.ts';
import type {
  Contribution,
  PackageDependency,
  PluginDependency,
  PluginManifest,
  ResourceLimits,
  RuntimeId,
} from '../model.ts';
import { writeLogomesh } from '../writing/logomesh.ts';
import { describeLogomeshGrant, readLogomeshCapabilities } from './logomesh-capabilities.ts';
import { grantInLogomesh } from './logomesh-granting.ts';
import { withdrawInLogomesh } from './logomesh-withdrawing.ts';
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
  grant: grantInLogomesh,
  withdraw: withdrawInLogomesh,
  write: writeLogomesh,
  ownFields: [
    ['coordination', 'sharedMemory'],
    ['resources', 'allowedFilePaths'],
    ['resources', 'allowedNetworkHosts'],
  ],
};

const runtimes: Readonly<Record<string, RuntimeId>> = {
  nodejs: 'node',
  javascript: 'node',
  python: 'python',
  go: 'go',
  rust: 'rust',
};

function runtimeOf(word: string): RuntimeId | undefined {
  return Object.hasOwn(runtimes, word) ? runtimes[word] : undefined;
}

function map(input: MappingInput): PluginManifest {
  const { document } = input;
  const id = stringAt(document, ['id']) ?? '';
  const entrypoint = stringAt(document, ['entrypoint']);
  const runtime = stringAt(document, ['runtime']) ?? '';
  checkMatch(input, runtimeOf(runtime), entrypoint);
  checkRuntime(input, runtimeOf(runtime), ['runtime']);
  return {
    profile: 'logomesh',
    id,
    name: stringAt(document, ['name']) ?? id,
    version: readVersion(input, ['version']),
    description: stringAt(document, ['description']),
    runtime: runtimeOf(runtime),
    entry: entrypoint === undefined ? undefined : readEntry(input, ['entrypoint'], entrypoint),
    hostRange: '*',
    capabilities: readLogomeshCapabilities(input),
    limits: readLimits(input),
    dependencies: {
      plugins: readPlugins(input),
      runtimes: {},
      system: readTools(input, ['dependencies', 'system']),
      packages: readPackages(input),
    },
    contributions: {
      methods: readMethods(input, 'exposesMethods'),
      openMethods: false,
      events: booleanAt(document, ['coordination', 'messaging']) === true ? undefined : [],
      consumed: readMethods(input, 'consumesMethods'),
      messaging: booleanAt(document, ['coordination', 'messaging']),
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

function checkMatch(
  { report }: MappingInput,
  runtime: RuntimeId | undefined,
  entry: string | undefined,
): void {
  const language = entry === undefined ? undefined : runtimeOfFile(entry);
  if (runtime === undefined || language === undefined || language === runtime) return;
  const message = `\`${entry}\` is a file of ${language}, the runtime is ${runtime}.`;
  report('PW-MANIFEST-RUNTIME', ['runtime'], message);
}

const ecosystems: Readonly<Record<string, PackageDependency['ecosystem']>> = {
  npm: 'npm',
  node: 'npm',
  nodejs: 'npm',
  python: 'python',
  pip: 'python',
  pypi: 'python',
  go: 'go',
  cargo: 'cargo',
  rust: 'cargo',
};

function readPackages({ document }: MappingInput): PackageDependency[] {
  const at = ['dependencies', 'packages'];
  return keysAt(document, at).flatMap(key => {
    const ecosystem = Object.hasOwn(ecosystems, key) ? ecosystems[key] : undefined;
    if (ecosystem === undefined) return [];
    return (stringsAt(document, [...at, key]) ?? []).map(({ value, path }) => ({
      ecosystem,
      name: value,
      at: path,
    }));
  });
}

function readMethods(input: MappingInput, list: 'exposesMethods' | 'consumesMethods'): Contribution[] {
  const names = stringsAt(input.document, ['coordination', list]) ?? [];
  checkNames(input, 'a method', names);
  return names.map(({ value, path }) => ({ id: value, title: value, at: path }));
}

function readLimits(input: MappingInput): ResourceLimits {
  const { document } = input;
  const read = (key: string) => numberAt(document, ['resources', key]);
  const megabytes = read('maxMemoryMB');
  const limits: ResourceLimits = {
    memoryBytes: megabytes === undefined ? undefined : Math.floor(megabytes * 1024 * 1024),
    cpuPercent: read('maxCpuPercent'),
    fileHandles: read('maxFileHandles'),
    connections: read('maxNetworkConnections'),
  };
  checkLimit(input, ['resources', 'maxMemoryMB'], 'memoryBytes', limits.memoryBytes);
  checkLimit(input, ['resources', 'maxCpuPercent'], 'cpuPercent', limits.cpuPercent);
  checkLimit(input, ['resources', 'maxFileHandles'], 'fileHandles', limits.fileHandles);
  checkLimit(input, ['resources', 'maxNetworkConnections'], 'connections', limits.connections);
  return limits;
}

function readPlugins(input: MappingInput): PluginDependency[] {
  const plugins = (stringsAt(input.document, ['dependencies', 'plugins']) ?? []).map(entry =>
    readPlugin(input, entry),
  );
  checkUnique(
    input,
    'dependency',
    plugins.map(({ id, at }) => ({ value: id, path: at })),
  );
  return plugins;
}

/** `id` or `id@range`. */
function readPlugin(input: MappingInput, { value, path }: Placed<string>): PluginDependency {
  const at = value.indexOf('@', 1);
  checkPluginId(input, at < 0 ? value : value.slice(0, at), path);
  if (at < 0) return { id: value, range: '*', at: path };
  return { id: value.slice(0, at), range: readRange(input, { value: value.slice(at + 1), path }), at: path };
}
