import * as v from 'valibot';

/** What a client may configure, under the section `pluginWorkbench` of its settings. */
export interface ServerConfiguration {
  /** Names of AI models the host offers to plugins, for completion. */
  readonly aiModels: readonly string[];
}

/** What holds until a client says otherwise. */
export const defaultConfiguration: ServerConfiguration = { aiModels: [] };

const maxModels = 1_000;
const sent = v.object({
  pluginWorkbench: v.object({
    ai: v.object({ models: v.pipe(v.array(v.string()), v.maxLength(maxModels)) }),
  }),
});

/** Decodes the settings of `workspace/didChangeConfiguration`; anything else gives the defaults. */
export function decodeConfiguration(settings: unknown): ServerConfiguration {
  const decoded = v.safeParse(sent, settings);
  if (!decoded.success) return defaultConfiguration;
  const names = decoded.output.pluginWorkbench.ai.models.map(name => name.trim()).filter(name => name !== '');
  return { aiModels: [...new Set(names)] };
}
