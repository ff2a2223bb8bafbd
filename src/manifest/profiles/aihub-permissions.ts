import { setProperty } from '../editing/index.ts';
import { checkFilePattern } from '../meaning/file-patterns.ts';
import { checkHostPattern, checkProtocol } from '../meaning/hosts.ts';
import { checkLimit } from '../meaning/sanity.ts';
import { parseSize } from '../meaning/sizes.ts';
import { booleanAt, keysAt, numberAt, type Placed, stringAt, stringsAt } from '../meaning/values.ts';
import type { Capability, CapabilityRestrictions } from '../model.ts';
import { quote } from './grant-text.ts';
import type { GrantNeed, MappingInput } from './profile.ts';

/** Maps `permissions`, and reports grants that are too wide or empty. */
export function readAihubCapabilities(input: MappingInput): Capability[] {
  return [
    ...readFiles(input),
    ...readNetwork(input),
    ...readMemory(input),
    ...readModels(input),
    ...readSystem(input),
  ];
}

function readFiles(input: MappingInput): Capability[] {
  return ['read', 'write'].flatMap(action => {
    const patterns = stringsAt(input.document, ['permissions', 'filesystem', action]) ?? [];
    for (const pattern of patterns) checkFilePattern(input, pattern, action);
    return patterns.map(
      ({ value, path }): Capability => ({
        scope: 'filesystem',
        action,
        resource: value,
        restrictions: {},
        at: path,
      }),
    );
  });
}

/** Both lists are needed: the host refuses a protocol that is not listed. */
function readNetwork(input: MappingInput): Capability[] {
  const { document, report } = input;
  const domains = stringsAt(document, ['permissions', 'network', 'domains']) ?? [];
  const listed = stringsAt(document, ['permissions', 'network', 'protocols']);
  if (domains.length > 0 && listed === undefined) {
    const edits = setProperty(document, ['permissions', 'network', 'protocols'], ['https']);
    const fix = edits.length === 0 ? undefined : { title: 'Add `"protocols": ["https"]`', edits };
    const message = 'The domains can not be reached: no protocol is listed.';
    report('PW-MANIFEST-GRANT-EMPTY', ['permissions', 'network', 'domains'], message, { on: 'key', fix });
  }
  for (const domain of domains) checkHostPattern(input, domain);
  for (const protocol of listed ?? []) checkProtocol(input, protocol, listed ?? []);
  const protocols = (listed ?? []).map(protocol => protocol.value);
  return domains.map(({ value, path }) => ({
    scope: 'network',
    action: 'connect',
    resource: value,
    restrictions: { protocols },
    at: path,
  }));
}

/** The entry grants the plugin its own storage; each collection grants that part of the host's memory. `maxSize` bounds both. */
function readMemory(input: MappingInput): Capability[] {
  const { document, report } = input;
  const at = ['permissions', 'memory'];
  if (document.nodeAt(at)?.kind !== 'object') return [];
  const sizePath = [...at, 'maxSize'];
  const text = stringAt(document, sizePath);
  const maxBytes = text === undefined ? undefined : parseSize(text);
  if (text !== undefined && maxBytes === undefined) {
    report('PW-MANIFEST-SIZE-FORMAT', sizePath, `\`${text}\` is not a size such as \`10MB\`.`);
  }
  checkLimit(input, sizePath, 'storedBytes', maxBytes);
  const restrictions: CapabilityRestrictions = maxBytes === undefined ? {} : { maxBytes };
  const grant = (scope: 'storage' | 'memory', { value, path }: Placed<string>): Capability[] =>
    ['read', 'write'].map(action => ({ scope, action, resource: value, restrictions, at: path }));
  const collections = stringsAt(document, [...at, 'collections']) ?? [];
  for (const { value, path } of collections) {
    if (/^\*+$/u.test(value))
      report(
        'PW-MANIFEST-GRANT-BROAD',
        path,
        `\`${value}\` covers the memory of all. Name the collections it needs.`,
      );
  }
  return [
    ...grant('storage', { value: '*', path: at }),
    ...collections.flatMap(collection => grant('memory', collection)),
  ];
}

function readModels(input: MappingInput): Capability[] {
  const { document, report } = input;
  const maxTokens = numberAt(document, ['permissions', 'ai', 'maxTokens']);
  checkLimit(input, ['permissions', 'ai', 'maxTokens'], 'tokens', maxTokens);
  const restrictions: CapabilityRestrictions = maxTokens === undefined ? {} : { maxTokens };
  return (stringsAt(document, ['permissions', 'ai', 'models']) ?? []).flatMap(({ value, path }) => {
    if (/^\*+$/u.test(value))
      report('PW-MANIFEST-GRANT-BROAD', path, `\`${value}\` covers every model. Name the models it needs.`);
    return ['complete', 'embed', 'chat'].map(
      (action): Capability => ({ scope: 'ai', action, resource: value, restrictions, at: path }),
    );
  });
}

function readSystem({ document }: MappingInput): Capability[] {
  const at = ['permissions', 'system'];
  return keysAt(document, at)
    .filter(key => booleanAt(document, [...at, key]) === true)
    .map(key => ({ scope: 'system', action: key, resource: '*', restrictions: {}, at: [...at, key] }));
}

/** The manifest line that would allow something. */
export function describeAihubGrant({ scope, action, resource, protocol = 'https' }: GrantNeed): string {
  const it = quote(resource);
  switch (scope) {
    case 'filesystem':
      return `"permissions": { "filesystem": { ${quote(action)}: [${it}] } }`;
    case 'network':
      return `"permissions": { "network": { "domains": [${it}], "protocols": [${quote(protocol)}] } }`;
    case 'storage':
      return '"permissions": { "memory": { "maxSize": "10MB" } }';
    case 'memory':
      return `"permissions": { "memory": { "maxSize": "10MB", "collections": [${it}] } }`;
    case 'ai':
      return `"permissions": { "ai": { "models": [${it}] } }`;
    case 'system':
      return `"permissions": { "system": { ${quote(action)}: true } }`;
    case 'events':
      return `"api": { "events": [${it}] }`;
    case 'commands':
      return `"ui": { "commands": [{ "id": ${it}, "title": ${it} }] }`;
    default:
      return `An AI Hub manifest can not grant ${scope} access.`;
  }
}
