import type { PluginState, PluginStatus, Problem } from '../../protocol/editor/index.ts';
import type { Json } from '../../protocol/plugin/index.ts';
import type { Generation } from './generation.ts';
import type { PluginSource } from './plugin-source.ts';
import type { Routes } from './routes.ts';

/** What a status is made from. */
export interface PluginFacts {
  readonly state: PluginState;
  readonly dir: string;
  readonly problem: Problem | undefined;
  readonly source: PluginSource;
  /** What serves, or served last. */
  readonly shown: Generation | undefined;
  readonly generation: number;
}

/** Describes a plugin as front-ends show it. */
export function describePlugin({
  state,
  dir,
  problem,
  source,
  shown,
  generation,
}: PluginFacts): PluginStatus {
  const { id, name, version } = source.manifest;
  const alive = shown && (state === 'running' || state === 'reloading' || state === 'stopping');
  return {
    pluginId: id,
    name,
    version,
    dir,
    state,
    generation,
    ...(alive ? { pid: shown.instance.pid } : {}),
    ...(shown ? { confinement: shown.sandbox, runtime: shown.runtime } : {}),
    commands: alive ? [...shown.commands.list()] : [],
    ...(problem ? { problem } : {}),
  };
}

/** The state of the instance that serves; `undefined` when it keeps none, or when another serves by now. */
export async function captureState(
  routes: Routes<Generation>,
  steady: () => boolean,
): Promise<Json | undefined> {
  const current = steady() ? routes.current : undefined;
  if (!current?.instance.hooks.includes('getState')) return undefined;
  const state = await current.instance.getState();
  return steady() && routes.current === current ? state : undefined;
}
