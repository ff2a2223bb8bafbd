import { createOpenCalls } from '../../../../src/host/services/call-chains.ts';
import type { Letter, Requester } from '../../../../src/host/services/neighbour.ts';
import { createRegistrations } from '../../../../src/host/services/registrations.ts';
import type { Terms } from '../../../../src/host/services/terms.ts';
import type { Contributions, PluginManifest } from '../../../../src/manifest/index.ts';
import type { Json } from '../../../../src/protocol/plugin/index.ts';

/** A manifest of a plugin system that leaves everything open, with contributions laid over it. */
export function manifestOf(id: string, contributions: Partial<Contributions> = {}): PluginManifest {
  return {
    profile: 'guide',
    id,
    name: id,
    version: '1.0.0',
    description: undefined,
    runtime: 'node',
    entry: 'index.js',
    hostRange: '*',
    capabilities: [],
    limits: {},
    dependencies: { plugins: [], runtimes: {}, system: [] },
    contributions: { methods: [], openMethods: true, events: undefined, ...contributions },
    origins: {},
  };
}

/** What a plugin answers: method and params → result. */
export type Answer = (method: string, params: Readonly<Record<string, Json>>, terms: Terms) => unknown;

/** What {@link createPlugin} makes. */
export interface TestPlugin extends Requester {
  /** What it was told, in order. */
  readonly letters: Letter[];
}

let order = 0;

/** A plugin without a process. It takes every call for granted while it answers it, as an instance does. */
export function createPlugin(
  pluginId: string,
  answer: Answer = () => null,
  { commands = [], manifest = manifestOf(pluginId) }: { commands?: string[]; manifest?: PluginManifest } = {},
): TestPlugin {
  const letters: Letter[] = [];
  const calls = createOpenCalls();
  return {
    pluginId,
    manifest,
    commands: { has: id => commands.includes(id) },
    registrations: createRegistrations({ nextOrder: () => ++order, previous: () => undefined }),
    calls,
    letters,
    ask: async (method, params, terms) => {
      const call = calls.open(terms);
      try {
        return (await answer(method, { ...params, call } as never, terms)) as Json;
      } finally {
        calls.close(call);
      }
    },
    tell: letter => letters.push(letter),
  };
}

/** Terms for a test: nobody waits, and there is time. */
export const terms: Terms = { due: Number.POSITIVE_INFINITY, chain: [] };
