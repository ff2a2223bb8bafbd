import type { Json } from '../../protocol/plugin/index.ts';
import type { Routes } from './routes.ts';

/** How long calls in flight may hold up the hand-over of the state, in milliseconds. */
export const SETTLE_MS = 100;

/** What a swap of one instance for another needs. */
export interface SwapPorts<T extends object> {
  readonly routes: Routes<T>;
  /** Launches the newcomer and loads its code, without disturbing the one that serves. */
  prepare(): Promise<T>;
  /** The state of the old one; `undefined` when there is none. */
  takeState(): Promise<Json | undefined>;
  /** Activates the newcomer; when it fails, nothing of it is left. */
  activate(fresh: T, state: Json | undefined): Promise<void>;
  /** The newcomer is ready; called before any call reaches it. */
  onSwitch(fresh: T): void;
  /** True while the old one still runs; a dead one can't serve on. */
  isAlive(): boolean;
}

/**
 * Replaces the instance that serves by a fresh one, losing no call: the newcomer comes up beside it; then callers
 * wait while calls in flight settle (at most {@link SETTLE_MS}), the state moves over and the newcomer activates; then
 * those who waited go to it. Calls that are still in flight stay with the old one, which the caller retires.
 *
 * When anything fails, the old one serves on with the callers that waited, and the failure is thrown.
 */
export async function swap<T extends object>(old: T, ports: SwapPorts<T>): Promise<T> {
  const { routes } = ports;
  const fresh = await ports.prepare();
  routes.hold();
  try {
    await routes.idle(old, SETTLE_MS);
    await ports.activate(fresh, await ports.takeState());
  } catch (error) {
    if (ports.isAlive()) routes.resume(old);
    throw error;
  }
  ports.onSwitch(fresh);
  routes.resume(fresh);
  return fresh;
}
