import type { Capability, RuntimeId } from '../model.ts';
import { entryOf, filled, noteLost, noteWider, type WritingInput } from './draft.ts';

const title = 'LogoMesh';
const runtimes: Partial<Record<RuntimeId, string>> = {
  node: 'nodejs',
  python: 'python',
  go: 'go',
  rust: 'rust',
};
const scopes = ['filesystem', 'network', 'storage', 'memory', 'system', 'ui'];

/** The fields of a LogoMesh manifest. */
export function writeLogomesh(input: WritingInput): Readonly<Record<string, unknown>> {
  const { manifest, note } = input;
  const { id, name, version, description, limits, dependencies, contributions, hostRange } = manifest;
  const runtime = manifest.runtime === undefined ? undefined : runtimes[manifest.runtime];
  if (runtime === undefined) note('LogoMesh asks for a runtime; `nodejs` is written.');
  if (hostRange !== '*') note(`LogoMesh has no range of host versions; ${hostRange} is left out.`);
  if (Object.keys(dependencies.runtimes).length > 0)
    note('LogoMesh has no ranges of runtime versions; they are left out.');
  if (contributions.openMethods)
    note(
      'LogoMesh allows only listed methods: add those the code registers to `coordination.exposesMethods`.',
    );
  const mebibytes = limits.memoryBytes === undefined ? undefined : limits.memoryBytes / (1024 * 1024);
  return {
    $schema: 'http://logomesh.local/schemas/plugin-manifest-v2.json',
    id,
    name: name === id ? undefined : name,
    version,
    description,
    runtime: runtime ?? 'nodejs',
    entrypoint: entryOf(input, 'main.js'),
    capabilities: capabilitiesOf(input),
    resources: filled({
      maxMemoryMB: mebibytes,
      maxCpuPercent: limits.cpuPercent,
      maxFileHandles: limits.fileHandles,
      maxNetworkConnections: limits.connections,
    }),
    dependencies: filled({
      system: filled(dependencies.system),
      plugins: filled(
        dependencies.plugins.map(plugin =>
          plugin.range === '*' ? plugin.id : `${plugin.id}@${plugin.range}`,
        ),
      ),
      packages: packagesOf(input),
    }),
    coordination: filled({
      exposesMethods: filled(contributions.methods.map(method => method.id)),
      consumesMethods: filled((contributions.consumed ?? []).map(method => method.id)),
      messaging: contributions.events === undefined || contributions.events.length > 0 ? true : undefined,
    }),
  };
}

function packagesOf({ manifest }: WritingInput): object | undefined {
  const packages = manifest.dependencies.packages ?? [];
  const ecosystems = [...new Set(packages.map(entry => entry.ecosystem))];
  return filled(
    Object.fromEntries(
      ecosystems.map(ecosystem => [
        ecosystem,
        packages.filter(entry => entry.ecosystem === ecosystem).map(entry => entry.name),
      ]),
    ),
  );
}

/** One capability for all that have the same scope, resource and conditions. */
function capabilitiesOf(input: WritingInput): object[] {
  const all = input.manifest.capabilities;
  const kept = all.filter(({ scope }) => scopes.includes(scope));
  noteLost(
    input,
    title,
    all.filter(({ scope }) => !scopes.includes(scope)),
  );
  noteWider(input, title, kept, ['methods', 'maxBytes', 'ratePerMinute', 'expiresAt']);
  const hasStorage = kept.some(({ scope }) => scope === 'storage');
  const hasMemory = kept.some(({ scope }) => scope === 'memory');
  if (hasStorage !== hasMemory)
    input.note(
      'LogoMesh keeps the plugin’s own data and the shared memory under one name: both are granted.',
    );
  const groups = new Map<string, Capability[]>();
  for (const capability of kept) {
    const target = hasTargets(capability) ? capability.resource : '';
    const key = JSON.stringify([scopeOf(capability), target, conditionsOf(capability)]);
    groups.set(key, [...(groups.get(key) ?? []), capability]);
  }
  const taken = new Set<string>();
  return [...groups.values()].flatMap(group => {
    const [first] = group;
    if (first === undefined) return [];
    const actions = [...new Set(group.map(({ action }) => action))];
    const scope = scopeOf(first);
    return {
      id: freeId(actions.length === 1 ? `${scope}-${actions[0]}` : scope, taken),
      scope,
      permissions: actions,
      paths: scope === 'filesystem' ? [first.resource] : undefined,
      hosts: scope === 'network' ? [first.resource] : undefined,
      ...conditionsOf(first),
    };
  });
}

function scopeOf({ scope }: Capability): string {
  return scope === 'storage' ? 'memory' : scope;
}

function hasTargets({ scope }: Capability): boolean {
  return scope === 'filesystem' || scope === 'network';
}

function conditionsOf({ restrictions }: Capability): object {
  const { methods, maxBytes, ratePerMinute, expiresAt } = restrictions;
  return { restrictions: filled({ methods, size: maxBytes, rate: ratePerMinute }), expiresAt };
}

/** An id that is not taken yet, and takes it. */
export function freeId(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let number = 2; taken.has(id); number++) id = `${wanted}-${number}`;
  taken.add(id);
  return id;
}
