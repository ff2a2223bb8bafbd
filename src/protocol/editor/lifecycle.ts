import * as v from 'valibot';

export const pluginStateSchema = v.picklist([
  'starting',
  /** Listed and checked; its process starts with the first call. */
  'waiting',
  'running',
  'reloading',
  /** It ended by itself and is about to come up again. */
  'restarting',
  'stopping',
  /** Has no process, keeps its state, and refuses calls until it is enabled. */
  'disabled',
  'stopped',
  'failed',
]);
/** Where a plugin is in its life, as people see it. */
export type PluginState = v.InferOutput<typeof pluginStateSchema>;

export const pluginStageSchema = v.picklist([
  'discovery',
  /** The manifest, the approvals and the dependencies are checked. */
  'validation',
  /** What it needs is fetched and built: the runtime, packages, the program. */
  'download',
  /** Its process starts and loads the code. */
  'loading',
  /** `activate` runs. */
  'initialization',
  'active',
  'disable',
  'unload',
]);
/** The eight stages of a plugin's life; each state is in one of them. */
export type PluginStage = v.InferOutput<typeof pluginStageSchema>;

export const pluginConditionSchema = v.picklist([
  'installing',
  'installed',
  'running',
  'stopped',
  'error',
  'uninstalling',
]);
/** The same in the coarse words of a plugin store. */
export type PluginCondition = v.InferOutput<typeof pluginConditionSchema>;
