import type { Json } from '../../protocol/plugin/index.ts';
import type { ParamsOf, PluginRequest } from '../../protocol/plugin-schemas/index.ts';
import type { Need } from './capabilities.ts';

/** What a request needs, and whether the plugin may. */
export interface Verdict {
  readonly need: Need;
  readonly granted: boolean;
}

/** Answers one kind of request. */
export interface Handler<M extends PluginRequest> {
  /**
   * Says what is asked for before anything is done; the broker records it, and refuses what is not granted. `undefined`
   * where `run` itself decides, and records, each step it takes.
   */
  check(params: ParamsOf<M>): Verdict | undefined;
  /** Carries it out; throws `WireError` when that fails. */
  run(params: ParamsOf<M>, signal: AbortSignal): Promise<Json> | Json;
}

/** A handler for each of some methods. */
export type HandlersOf<M extends PluginRequest> = { readonly [Method in M]: Handler<Method> };

/** The verdict on something a plugin does within the workbench, which needs no capability. */
export function own(scope: string, action: string, resource: string, granted = true): Verdict {
  return { need: { scope, action, resource }, granted };
}
