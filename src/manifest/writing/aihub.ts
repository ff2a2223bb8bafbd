import { slugOf } from '../meaning/identity.ts';
import type { Capability, PluginManifest } from '../model.ts';
import {
  entryOf,
  filled,
  hostBounds,
  noteLimits,
  noteLost,
  noteWider,
  sizeText,
  type WritingInput,
} from './draft.ts';

const title = 'AI Hub';
const devices = ['notifications', 'clipboard', 'camera', 'microphone'];
const defaultSize = '10MB';

/** The fields of an AI Hub manifest. */
export function writeAihub(input: WritingInput): Readonly<Record<string, unknown>> {
  const { manifest, note } = input;
  const { name, id, version, description, dependencies, contributions } = manifest;
  const isNamed = slugOf(name) === id;
  if (!isNamed) note(`AI Hub makes the id of the name, so the name becomes \`${id}\`.`);
  note('AI Hub asks for the kind of plugin; `tool` is written.');
  const { min, max } = hostBounds(manifest.hostRange);
  if (contributions.events === undefined) note('AI Hub allows only listed events: add them to `api.events`.');
  noteLimits(input, title);
  return {
    name: isNamed ? name : id,
    version,
    type: 'tool',
    description,
    compatibility: filled({ minAppVersion: min, maxAppVersion: max }),
    dependencies: filled({
      runtime: filled(dependencies.runtimes),
      system: filled(Object.fromEntries(dependencies.system.map(tool => [tool, true]))),
      plugins: filled(Object.fromEntries(dependencies.plugins.map(plugin => [plugin.id, plugin.range]))),
    }),
    permissions: filled(permissionsOf(input)),
    api: contributions.events?.length ? { version: '1.0', events: contributions.events } : undefined,
    ui: filled({ commands: filled(commandsOf(input)) }),
    build: { entry: entryOf(input, 'index.js') },
  };
}

function commandsOf({ manifest, note }: WritingInput): object[] {
  return manifest.contributions.methods.flatMap(({ id, title: label, category }) => {
    if (/^[A-Za-z0-9][A-Za-z0-9._:-]*$/u.test(id)) return [{ id, title: label, category }];
    note(`\`${id}\` can not be the id of a command in AI Hub; it is left out.`);
    return [];
  });
}

function permissionsOf(input: WritingInput): Record<string, unknown> {
  const { manifest, note } = input;
  const of = (scope: string, action?: string) =>
    manifest.capabilities.filter(
      capability => capability.scope === scope && (action === undefined || capability.action === action),
    );
  const known = manifest.capabilities.filter(isKnown);
  noteLost(
    input,
    title,
    manifest.capabilities.filter(capability => !isKnown(capability)),
  );
  noteWider(input, title, known, ['protocols', 'maxBytes', 'maxTokens']);
  const hosts = of('network');
  const protocols = hosts.flatMap(({ restrictions }) => restrictions.protocols ?? []);
  if (hosts.length > 0 && protocols.length === 0) note('AI Hub asks for protocols; `https` is written.');
  const tokens = of('ai').flatMap(({ restrictions }) => restrictions.maxTokens ?? []);
  return {
    filesystem: filled({
      read: filled(resourcesOf(of('filesystem', 'read'))),
      write: filled(resourcesOf(of('filesystem', 'write'))),
    }),
    network:
      hosts.length === 0
        ? undefined
        : {
            domains: resourcesOf(hosts),
            protocols: protocols.length === 0 ? ['https'] : [...new Set(protocols)],
          },
    memory: memoryOf(input.manifest, note),
    ai:
      of('ai').length === 0
        ? undefined
        : { models: resourcesOf(of('ai')), maxTokens: tokens.length === 0 ? undefined : Math.min(...tokens) },
    system: filled(
      Object.fromEntries(
        of('system')
          .filter(isKnown)
          .map(({ action }) => [action, true]),
      ),
    ),
  };
}

function isKnown({ scope, action }: Capability): boolean {
  if (scope === 'system') return devices.includes(action);
  if (scope === 'filesystem') return action === 'read' || action === 'write';
  return ['network', 'storage', 'memory', 'ai'].includes(scope);
}

function memoryOf({ capabilities }: PluginManifest, note: WritingInput['note']): object | undefined {
  const kept = capabilities.filter(({ scope }) => scope === 'storage' || scope === 'memory');
  if (kept.length === 0) return undefined;
  const bytes = kept.flatMap(({ restrictions }) => restrictions.maxBytes ?? []);
  const collections = resourcesOf(kept.filter(({ scope }) => scope === 'memory')).filter(
    name => name !== '*',
  );
  if (kept.some(({ scope, resource }) => scope === 'memory' && resource === '*'))
    note(
      'AI Hub grants the host’s memory by collections: add those it needs to `permissions.memory.collections`.',
    );
  // Memory that plugins share is none that is stored.
  if (collections.length === 0 && !kept.some(({ scope }) => scope === 'storage')) return undefined;
  if (bytes.length === 0) note(`AI Hub bounds what is stored; \`${defaultSize}\` is written.`);
  return {
    maxSize: bytes.length === 0 ? defaultSize : sizeText(Math.min(...bytes)),
    collections: filled(collections),
  };
}

function resourcesOf(capabilities: readonly Capability[]): string[] {
  return [...new Set(capabilities.map(({ resource }) => resource))];
}
