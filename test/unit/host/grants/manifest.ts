import type { Capability, PluginManifest } from '../../../../src/manifest/index.ts';

/** A capability as a manifest declares it. */
export function capability(
  scope: Capability['scope'],
  action: string,
  resource: string,
  restrictions: Capability['restrictions'] = {},
): Capability {
  return { scope, action, resource, restrictions, at: [] };
}

/** A manifest that declares them. */
export function manifest(version: string, capabilities: readonly Capability[]): PluginManifest {
  return {
    profile: 'logomesh',
    id: 'p',
    name: 'P',
    version,
    description: undefined,
    runtime: 'node',
    entry: 'index.mjs',
    hostRange: '*',
    capabilities,
    limits: {},
    dependencies: { plugins: [], runtimes: {}, system: [] },
    contributions: { methods: [], openMethods: true, events: undefined },
    origins: {},
  };
}
