import { removeAt, replaceScalar } from '../editing/index.ts';
import { checkFilePattern } from '../meaning/file-patterns.ts';
import { checkHostPattern } from '../meaning/hosts.ts';
import { checkTime } from '../meaning/sanity.ts';
import { checkUnique } from '../meaning/unique.ts';
import { booleanAt, itemsAt, numberAt, type Placed, stringAt, stringsAt } from '../meaning/values.ts';
import type { Capability, CapabilityRestrictions, CapabilityScope, SourcePath } from '../model.ts';
import { didYouMean } from '../shape/did-you-mean.ts';
import { quote } from './grant-text.ts';
import type { GrantNeed, MappingInput } from './profile.ts';

/** Maps `capabilities`: one for each permission and each path or host; and the switch for shared memory. */
export function readLogomeshCapabilities(input: MappingInput): Capability[] {
  const items = itemsAt(input.document, ['capabilities']) ?? [];
  const ids = items.flatMap(item => {
    const value = stringAt(input.document, [...item, 'id']);
    return value === undefined ? [] : [{ value, path: [...item, 'id'] }];
  });
  checkUnique(input, 'capability', ids);
  return [...items.flatMap(item => readCapability(input, item)), ...readSharedMemory(input)];
}

function readSharedMemory({ document }: MappingInput): Capability[] {
  const at = ['coordination', 'sharedMemory'];
  if (booleanAt(document, at) !== true) return [];
  return ['read', 'write'].map(action => ({ scope: 'memory', action, resource: '*', restrictions: {}, at }));
}

function readCapability(input: MappingInput, at: SourcePath): Capability[] {
  const { document } = input;
  const permissions = (stringsAt(document, [...at, 'permissions']) ?? []).map(permission => permission.value);
  const restrictions = readRestrictions(input, at);
  checkWords(input, at);
  const grant = (scope: CapabilityScope, action: string, { value, path }: Placed<string>): Capability => ({
    scope,
    action,
    resource: value,
    restrictions,
    at: path,
  });
  switch (stringAt(document, [...at, 'scope'])) {
    case 'filesystem': {
      const paths = readTargets(input, at, 'paths');
      return permissions.flatMap(action => {
        for (const path of paths) checkFilePattern(input, path, action);
        return paths.map(path => grant('filesystem', action, path));
      });
    }
    case 'network': {
      const hosts = readTargets(input, at, 'hosts');
      for (const host of hosts) checkHostPattern(input, host);
      const actions = new Set(permissions.map(networkAction));
      return [...actions].flatMap(action => hosts.map(host => grant('network', action, host)));
    }
    case 'memory':
      // The system keeps a plugin's own data and the shared memory under one name.
      return permissions.flatMap(action =>
        (['storage', 'memory'] as const).map(scope => grant(scope, action, { value: '*', path: at })),
      );
    case 'system':
      return permissions.flatMap(action => {
        if (action === 'run') {
          return readPrograms(input, at).map(program => grant('process', action, program));
        }
        if (action.startsWith(VARIABLE)) {
          const name = action.slice(VARIABLE.length);
          return [grant('environment', 'read', { value: name, path: at })];
        }
        return [grant('system', action, { value: '*', path: at })];
      });
    case 'ui':
      return permissions.map(action => grant('ui', action, { value: '*', path: at }));
    default:
      return [];
  }
}

/** A permission of scope system that begins so names an environment variable. */
const VARIABLE = 'env:';

/** The programs a plugin may run are the system tools that it says it depends on. */
function readPrograms({ document, report }: MappingInput, at: SourcePath): readonly Placed<string>[] {
  const programs = stringsAt(document, ['dependencies', 'system']) ?? [];
  if (programs.length === 0) {
    const message = 'The capability grants nothing: `dependencies.system` names no program to run.';
    report('PW-MANIFEST-GRANT-EMPTY', [...at, 'scope'], message);
  }
  return programs;
}

/** The words each scope knows; a scope that is left out may have any. */
const known: Readonly<Record<string, readonly string[]>> = {
  filesystem: ['read', 'write'],
  network: ['connect', 'fetch', 'http', 'https', 'request', 'read', 'write'],
  memory: ['read', 'write'],
};
const httpMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'CONNECT', 'TRACE'];

function checkWords(input: MappingInput, at: SourcePath): void {
  const { document, report } = input;
  const scope = stringAt(document, [...at, 'scope']) ?? '';
  const check = (placed: Placed<string>, words: readonly string[], what: string) => {
    if (words.includes(placed.value)) return;
    const meant = didYouMean(placed.value, words);
    const hint = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
    const edits = meant === undefined ? [] : replaceScalar(document, placed.path, meant);
    report('PW-MANIFEST-PERMISSION-UNKNOWN', placed.path, `There is no ${what} \`${placed.value}\`.${hint}`, {
      fix: edits.length === 0 ? undefined : { title: `Replace \`${placed.value}\` by \`${meant}\``, edits },
    });
  };
  const words = Object.hasOwn(known, scope) ? known[scope] : undefined;
  for (const permission of words === undefined ? [] : (stringsAt(document, [...at, 'permissions']) ?? []))
    check(permission, words ?? [], `${scope} permission`);
  for (const method of stringsAt(document, [...at, 'restrictions', 'methods']) ?? [])
    check(method, httpMethods, 'HTTP method');
  for (const [key, owner] of [
    ['paths', 'filesystem'],
    ['hosts', 'network'],
  ] as const) {
    if (scope === '' || scope === owner || document.nodeAt([...at, key]) === undefined) continue;
    const message = `\`${key}\` has no effect in a capability of scope \`${scope}\`.`;
    const edits = removeAt(document, [...at, key]);
    const fix = edits.length === 0 ? undefined : { title: `Remove \`${key}\``, edits };
    report('PW-MANIFEST-GRANT-EMPTY', [...at, key], message, { on: 'key', fix });
  }
  checkTime(input, [...at, 'expiresAt']);
}

/** What a file or network capability is for; without any it grants nothing, since default is to deny. */
function readTargets(
  { document, report }: MappingInput,
  at: SourcePath,
  key: 'paths' | 'hosts',
): Placed<string>[] {
  const targets = stringsAt(document, [...at, key]) ?? [];
  if (targets.length === 0) {
    report(
      'PW-MANIFEST-GRANT-EMPTY',
      [...at, 'scope'],
      `The capability grants nothing: it names no \`${key}\`.`,
    );
  }
  return targets;
}

/** The system's documents use several words for reaching a host. */
function networkAction(permission: string): string {
  return ['fetch', 'http', 'https', 'request', 'read', 'write'].includes(permission) ? 'connect' : permission;
}

function readRestrictions({ document }: MappingInput, at: SourcePath): CapabilityRestrictions {
  const methods = stringsAt(document, [...at, 'restrictions', 'methods']);
  const size = numberAt(document, [...at, 'restrictions', 'size']);
  const rate = numberAt(document, [...at, 'restrictions', 'rate']);
  const expiresAt = numberAt(document, [...at, 'expiresAt']);
  return {
    ...(methods === undefined ? {} : { methods: methods.map(method => method.value) }),
    ...(size === undefined ? {} : { maxBytes: size }),
    ...(rate === undefined ? {} : { ratePerMinute: rate }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

/** The manifest line that would allow something. */
export function describeLogomeshGrant({ scope, action, resource }: GrantNeed): string {
  const capability = (name: string, target = '') =>
    `"capabilities": [{ "id": ${quote(`${name}-${action}`)}, "scope": ${quote(name)}, "permissions": [${quote(action)}]${target} }]`;
  switch (scope) {
    case 'filesystem':
      return capability('filesystem', `, "paths": [${quote(resource)}]`);
    case 'network':
      return capability('network', `, "hosts": [${quote(resource)}]`);
    case 'storage':
      return capability('memory');
    case 'memory':
      return '"coordination": { "sharedMemory": true }';
    case 'process':
      return `${capability('system')}, "dependencies": { "system": [${quote(resource)}] }`;
    case 'environment':
      return `"capabilities": [{ "id": "system-env", "scope": "system", "permissions": [${quote(VARIABLE + resource)}] }]`;
    case 'system':
    case 'ui':
      return capability(scope);
    case 'events':
      return '"coordination": { "messaging": true }';
    case 'messages':
      return action === 'call'
        ? `"coordination": { "consumesMethods": [${quote(resource)}] }`
        : '"coordination": { "messaging": true }';
    case 'commands':
      return `"coordination": { "exposesMethods": [${quote(resource)}] }`;
    default:
      return `A LogoMesh manifest can not grant ${scope} access.`;
  }
}
