import schema from '../../../schemas/guide.schema.json' with { type: 'json' };
import { replaceScalar } from '../editing/index.ts';
import { guide as validateShape } from '../generated/validators.js';
import { readEntry, runtimeOfFile } from '../meaning/entry.ts';
import { checkHostPattern } from '../meaning/hosts.ts';
import { booleanAt, keysAt, stringAt, stringMapAt, stringsAt } from '../meaning/values.ts';
import { readDependencies, readHostRange, readVersion } from '../meaning/versions.ts';
import type { Capability, CapabilityScope, PluginManifest } from '../model.ts';
import { didYouMean } from '../shape/did-you-mean.ts';
import { writeGuide } from '../writing/guide.ts';
import { quote } from './grant-text.ts';
import { grantInGuide } from './guide-granting.ts';
import { narrowInGuide, withdrawInGuide } from './guide-withdrawing.ts';
import { keepOrigins } from './origins.ts';
import type { GrantNeed, MappingInput, Profile } from './profile.ts';

/** The Plugin System Architecture Guide. */
export const guide: Profile = {
  id: 'guide',
  title: 'Plugin Guide',
  schema,
  schemaUris: [schema.$id],
  fileNames: ['plugin.json'],
  marks: ['main', 'minHostVersion', 'requiredFeatures', 'id'],
  validateShape,
  map,
  describeGrant,
  grant: grantInGuide,
  withdraw: withdrawInGuide,
  narrow: narrowInGuide,
  write: writeGuide,
  ownFields: [['requiredFeatures'], ['permissions', 'storage', 'scope'], ['permissions', 'ui', 'scope']],
};

function map(input: MappingInput): PluginManifest {
  const { document } = input;
  const main = stringAt(document, ['main']);
  const entry = main === undefined ? undefined : readEntry(input, ['main'], main);
  const id = stringAt(document, ['id']) ?? '';
  checkFeatures(input);
  return {
    profile: 'guide',
    id,
    name: stringAt(document, ['name']) ?? id,
    version: readVersion(input, ['version']),
    description: stringAt(document, ['description']),
    runtime: entry === undefined ? undefined : runtimeOfFile(entry),
    entry,
    hostRange: readHostRange(input, ['minHostVersion']),
    capabilities: [
      ...readSwitches(input, 'storage', ['read', 'write']),
      ...readFetch(input),
      ...readSwitches(input, 'ui', ['read', 'write', 'execute']),
    ],
    limits: {},
    dependencies: {
      plugins: readDependencies(input, stringMapAt(document, ['dependencies'])),
      runtimes: {},
      system: [],
    },
    contributions: { methods: [], openMethods: true, events: undefined },
    origins: keepOrigins(document, {
      id: ['id'],
      name: ['name'],
      version: ['version'],
      description: ['description'],
      entry: ['main'],
      hostRange: ['minHostVersion'],
      capabilities: ['permissions'],
      dependencies: ['dependencies'],
    }),
  };
}

/** Services the Guide names. A host may have others, so only what looks misspelt is reported. */
const features = [
  ...['storage', 'database', 'events', 'commands', 'messaging', 'hooks', 'middleware', 'providers', 'config'],
  ...['network', 'ui', 'logger'],
];

function checkFeatures({ document, report }: MappingInput): void {
  for (const { value, path } of stringsAt(document, ['requiredFeatures']) ?? []) {
    const meant = features.includes(value) ? undefined : didYouMean(value, features);
    if (meant === undefined) continue;
    report(
      'PW-MANIFEST-FEATURE-UNKNOWN',
      path,
      `There is no feature \`${value}\`. Did you mean \`${meant}\`?`,
      {
        fix: { title: `Replace \`${value}\` by \`${meant}\``, edits: replaceScalar(document, path, meant) },
      },
    );
  }
}

/** Only `true` grants: what is left out is denied, and the `scope` of a resource does not widen it. */
function readSwitches(
  { document }: MappingInput,
  scope: CapabilityScope,
  actions: readonly string[],
): Capability[] {
  const at = ['permissions', scope];
  return keysAt(document, at)
    .filter(action => actions.includes(action) && booleanAt(document, [...at, action]) === true)
    .map(action => ({ scope, action, resource: '*', restrictions: {}, at: [...at, action] }));
}

function readFetch(input: MappingInput): Capability[] {
  const { document } = input;
  const at = ['permissions', 'network', 'fetch'];
  if (booleanAt(document, at) !== true) return [];
  const scope = ['permissions', 'network', 'scope'];
  const hosts = stringsAt(document, scope);
  if (hosts === undefined) {
    const isAll = stringAt(document, scope) !== undefined;
    const message = '`fetch` reaches every host there is. List the hosts it needs in `scope`.';
    // Most manifests leave the list out, as the Guide's own example does; to write `all` is a decision.
    input.report('PW-MANIFEST-GRANT-BROAD', isAll ? scope : at, message, {
      severity: isAll ? 'warning' : 'info',
    });
  }
  for (const host of hosts ?? []) checkHostPattern(input, host);
  const restrictions = { protocols: ['http', 'https'] };
  return (hosts ?? [{ value: '*', path: at }]).map(({ value, path }) => ({
    scope: 'network',
    action: 'connect',
    resource: value,
    restrictions,
    at: path,
  }));
}

function describeGrant({ scope, action, resource }: GrantNeed): string {
  switch (scope) {
    case 'storage':
    case 'ui':
      return `"permissions": { ${quote(scope)}: { ${quote(action)}: true } }`;
    case 'network':
      return `"permissions": { "network": { "fetch": true, "scope": [${quote(resource)}] } }`;
    default:
      return `A Guide manifest can not grant ${scope} access.`;
  }
}
