import type { PluginStage, PluginState, PluginStatus, Problem } from '../../protocol/editor/index.ts';
import type { Json } from '../../protocol/plugin/index.ts';
import type { Generation } from './generation.ts';
import { conditionOf } from './lifecycle.ts';
import type { PluginSource } from './plugin-source.ts';
import type { Routes } from './routes.ts';

/** What a status is made from. */
export interface PluginFacts {
  readonly pluginId: string;
  readonly tenant: string | undefined;
  readonly state: PluginState;
  readonly stage: PluginStage;
  readonly restarts: number;
  readonly dir: string;
  readonly problem: Problem | undefined;
  readonly source: PluginSource;
  /** What serves, or served last. */
  readonly shown: Generation | undefined;
  readonly generation: number;
  /** Where a debugger finds it; `undefined` when it is not debugged. */
  readonly debugUrl: string | undefined;
  /** The process that waits for the next reload. */
  readonly standbyPid: number | undefined;
}

/** Describes a plugin as front-ends show it. */
export function describePlugin({
  pluginId,
  tenant,
  state,
  stage,
  restarts,
  dir,
  problem,
  source,
  shown,
  generation,
  debugUrl,
  standbyPid,
}: PluginFacts): PluginStatus {
  const { name, version } = source.manifest;
  const alive = shown && (state === 'running' || state === 'reloading' || state === 'stopping');
  return {
    pluginId,
    ...(tenant === undefined ? {} : { tenant }),
    name,
    version,
    dir,
    state,
    stage,
    condition: conditionOf(state),
    generation,
    ...(restarts > 0 ? { restarts } : {}),
    ...(alive ? { pid: shown.instance.pid } : {}),
    ...(standbyPid === undefined ? {} : { standbyPid }),
    ...(shown ? { ...confinementOf(shown), runtime: shown.runtime } : {}),
    commands: commandsOf(alive ? shown : undefined, state, source),
    ...(problem ? { problem } : {}),
    ...(debugUrl && state !== 'stopped' ? { debug: { type: 'node', url: debugUrl } } : {}),
  };
}

function confinementOf({
  sandbox: { level, description, trust, isolation },
}: Generation): Pick<PluginStatus, 'confinement' | 'trust' | 'isolation'> {
  return { confinement: { level, description }, trust, isolation };
}

/** What has registered itself, or will when the first call comes. */
function commandsOf(
  serving: Generation | undefined,
  state: PluginState,
  { manifest }: PluginSource,
): PluginStatus['commands'] {
  if (serving) return [...serving.commands.list()];
  return state === 'waiting' ? manifest.contributions.methods.map(({ id, title }) => ({ id, title })) : [];
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
