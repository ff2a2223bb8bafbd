import type { Capability } from '../model.ts';
import { entryOf, filled, hostBounds, noteLimits, noteLost, noteWider, type WritingInput } from './draft.ts';

const title = 'The Guide';

/** The fields of a manifest after the Guide. */
export function writeGuide(input: WritingInput): Readonly<Record<string, unknown>> {
  const { manifest, note } = input;
  const { id, name, version, description, dependencies, capabilities } = manifest;
  const { min, max } = hostBounds(manifest.hostRange);
  if (max !== undefined) note(`The Guide has no newest host version; ${max} is left out.`);
  if (Object.keys(dependencies.runtimes).length > 0) note('The Guide lists no runtimes; they are left out.');
  if (dependencies.system.length > 0)
    note(`The Guide lists no system tools; ${dependencies.system.join(', ')} are left out.`);
  noteLimits(input, title);
  noteLost(
    input,
    title,
    capabilities.filter(capability => !isKnown(capability)),
  );
  noteWider(input, title, capabilities.filter(isKnown), ['protocols']);
  const hosts = capabilities.filter(({ scope }) => scope === 'network').map(({ resource }) => resource);
  const switches = (scope: string) =>
    filled(
      Object.fromEntries(
        capabilities
          .filter(capability => capability.scope === scope && isKnown(capability))
          .map(({ action }) => [action, true]),
      ),
    );
  return {
    id,
    name,
    version,
    description,
    main: entryOf(input, 'index.js'),
    minHostVersion: min,
    dependencies: filled(Object.fromEntries(dependencies.plugins.map(plugin => [plugin.id, plugin.range]))),
    permissions: filled({
      storage: switches('storage'),
      network:
        hosts.length === 0
          ? undefined
          : { fetch: true, scope: hosts.includes('*') ? undefined : [...new Set(hosts)] },
      ui: switches('ui'),
    }),
  };
}

function isKnown({ scope, action }: Capability): boolean {
  if (scope === 'storage') return action === 'read' || action === 'write';
  if (scope === 'ui') return ['read', 'write', 'execute'].includes(action);
  return scope === 'network';
}
