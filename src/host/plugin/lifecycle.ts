import type { PluginState } from '../../protocol/editor/index.ts';

/** The states a plugin may go to from each state. Everything else is a bug in the host. */
const transitions = {
  stopped: ['starting'],
  starting: ['running', 'failed', 'stopping'],
  running: ['reloading', 'stopping', 'failed'],
  reloading: ['running', 'stopping', 'failed'],
  stopping: ['stopped'],
  failed: ['starting', 'stopping'],
} as const satisfies Readonly<Record<PluginState, readonly PluginState[]>>;

/** Where one plugin is in its life. */
export interface Lifecycle {
  readonly state: PluginState;
  /** True when a call could be answered now or as soon as a reload is over. */
  readonly serving: boolean;
  canMoveTo(next: PluginState): boolean;
  /** @throws Error when the plugin can't go from its state to `next`: a bug of the caller. */
  moveTo(next: PluginState): void;
}

/**
 * Makes the state machine of one plugin, which begins `stopped`.
 *
 * @param onChange is called after every transition, before `moveTo` returns.
 */
export function createLifecycle(onChange: (state: PluginState, before: PluginState) => void): Lifecycle {
  let state: PluginState = 'stopped';
  const allowed = (next: PluginState): boolean =>
    (transitions[state] as readonly PluginState[]).includes(next);
  return {
    get state() {
      return state;
    },
    get serving() {
      return state === 'running' || state === 'reloading';
    },
    canMoveTo: allowed,
    moveTo: next => {
      if (!allowed(next)) throw new Error(`A plugin can't go from ${state} to ${next}.`);
      const before = state;
      state = next;
      onChange(next, before);
    },
  };
}
