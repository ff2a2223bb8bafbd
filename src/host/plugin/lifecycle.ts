import type { PluginCondition, PluginStage, PluginState } from '../../protocol/editor/index.ts';

/** The states a plugin may go to from each state. Everything else is a bug in the host. */
const transitions = {
  stopped: ['starting', 'waiting', 'disabled'],
  waiting: ['starting', 'disabled', 'stopping'],
  starting: ['running', 'failed', 'stopping'],
  running: ['reloading', 'restarting', 'stopping', 'failed'],
  reloading: ['running', 'restarting', 'stopping', 'failed'],
  restarting: ['running', 'stopping', 'failed'],
  stopping: ['stopped', 'disabled'],
  disabled: ['starting', 'waiting', 'stopping'],
  failed: ['starting', 'stopping'],
} as const satisfies Readonly<Record<PluginState, readonly PluginState[]>>;

/** The states that may follow a state. */
export type NextState<S extends PluginState> = (typeof transitions)[S][number];

/** The stages a state can be in, in the order they are gone through. */
const stages = {
  stopped: ['discovery'],
  waiting: ['validation'],
  starting: ['validation', 'download', 'loading', 'initialization'],
  running: ['active'],
  // The instance before still serves.
  reloading: ['active'],
  restarting: ['validation', 'download', 'loading', 'initialization'],
  stopping: ['unload'],
  disabled: ['disable'],
  failed: ['unload'],
} as const satisfies Readonly<Record<PluginState, readonly PluginStage[]>>;

const conditions = {
  stopped: 'stopped',
  waiting: 'installed',
  starting: 'installing',
  running: 'running',
  reloading: 'running',
  restarting: 'error',
  stopping: 'uninstalling',
  disabled: 'installed',
  failed: 'error',
} as const satisfies Readonly<Record<PluginState, PluginCondition>>;

/** True when a plugin may go from one state to the other. */
export function isTransition(from: PluginState, to: PluginState): boolean {
  return (transitions[from] as readonly PluginState[]).includes(to);
}

/** The state in the coarse words of a plugin store. */
export function conditionOf(state: PluginState): PluginCondition {
  return conditions[state];
}

/** The first stage of a state, and all it can be in. */
export function stagesOf(state: PluginState): readonly PluginStage[] {
  return stages[state];
}

/** Where one plugin is in its life. */
export interface Lifecycle {
  readonly state: PluginState;
  readonly stage: PluginStage;
  /** True when a call could be answered now or as soon as a reload or a restart is over. */
  readonly serving: boolean;
  canMoveTo(next: PluginState): boolean;
  /** @throws Error when the plugin can't go from its state to `next`: a bug of the caller. */
  moveTo(next: PluginState): void;
  /** The same where the caller knows the state; an illegal transition does not compile. */
  move<S extends PluginState>(from: S, to: NextState<S>): void;
  /** Goes on to a later stage of the state; one that is not a later stage of it is left out. */
  enter(stage: PluginStage): void;
}

/**
 * Makes the state machine of one plugin, which begins `stopped`.
 *
 * @param onChange is called after every transition and every new stage, before `moveTo` or `enter` returns.
 */
export function createLifecycle(onChange: (state: PluginState, before: PluginState) => void): Lifecycle {
  let state: PluginState = 'stopped';
  let stage: PluginStage = 'discovery';

  function moveTo(next: PluginState): void {
    if (!isTransition(state, next)) throw new Error(`A plugin can't go from ${state} to ${next}.`);
    const before = state;
    state = next;
    stage = stages[next][0];
    onChange(next, before);
  }

  return {
    get state() {
      return state;
    },
    get stage() {
      return stage;
    },
    get serving() {
      return state === 'running' || state === 'reloading' || state === 'restarting' || state === 'waiting';
    },
    canMoveTo: next => isTransition(state, next),
    moveTo,
    move: (from, to) => {
      if (state !== from) throw new Error(`The plugin is ${state}, not ${from}.`);
      moveTo(to);
    },
    enter: next => {
      const all = stagesOf(state);
      if (all.indexOf(next) <= all.indexOf(stage)) return;
      stage = next;
      onChange(state, state);
    },
  };
}
