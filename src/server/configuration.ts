import * as v from 'valibot';

/** What a client may configure, under the section `pluginWorkbench` of its settings. */
export interface ServerConfiguration {
  /** Names of AI models the host offers to plugins, for completion. */
  readonly aiModels: readonly string[];
  /** Whether Node plugins run on a Node.js the person has named, and not on the one on PATH. */
  readonly hasOwnNode: boolean;
}

/** What holds until a client says otherwise. */
export const defaultConfiguration: ServerConfiguration = { aiModels: [], hasOwnNode: false };

const maxModels = 1_000;
const sent = v.object({
  pluginWorkbench: v.object({
    ai: v.fallback(v.object({ models: v.pipe(v.array(v.string()), v.maxLength(maxModels)) }), { models: [] }),
    node: v.fallback(v.object({ path: v.string() }), { path: '' }),
  }),
});

/** Decodes the settings of `workspace/didChangeConfiguration`; anything else gives the defaults. */
export function decodeConfiguration(settings: unknown): ServerConfiguration {
  const decoded = v.safeParse(sent, settings);
  if (!decoded.success) return defaultConfiguration;
  const { ai, node } = decoded.output.pluginWorkbench;
  const names = ai.models.map(name => name.trim()).filter(name => name !== '');
  return { aiModels: [...new Set(names)], hasOwnNode: node.path.trim() !== '' };
}
