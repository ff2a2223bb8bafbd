/** When a plugin that ended by itself comes up again. */
export interface RestartRules {
  /** The first delay, in milliseconds; each further crash doubles it. */
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
  /** More crashes than this within `withinMs`, and the plugin is left alone. */
  readonly most: number;
  readonly withinMs: number;
}

export const defaultRestartRules: RestartRules = {
  firstDelayMs: 250,
  longestDelayMs: 30_000,
  most: 5,
  withinMs: 10 * 60_000,
};

/** What to do after a crash. */
export type RestartVerdict =
  | { readonly kind: 'restart'; readonly attempt: number; readonly delayMs: number }
  | { readonly kind: 'gaveUp'; readonly crashes: number; readonly withinMs: number }
  | { readonly kind: 'left' };

/** Judges the crashes of one plugin. */
export interface RestartPolicy {
  /** Counts a crash. @param now milliseconds of a clock that never goes back */
  crashed(now: number): RestartVerdict;
  /** Forgets the crashes: someone started the plugin on purpose. */
  reset(): void;
}

/** Makes the policy; without rules a plugin that crashed is left as it is. */
export function createRestartPolicy(rules: RestartRules | undefined): RestartPolicy {
  let crashes: number[] = [];
  return {
    crashed: now => {
      if (!rules) return { kind: 'left' };
      crashes = [...crashes.filter(at => now - at < rules.withinMs), now];
      const attempt = crashes.length;
      if (attempt > rules.most) return { kind: 'gaveUp', crashes: attempt, withinMs: rules.withinMs };
      const delayMs = Math.min(rules.longestDelayMs, rules.firstDelayMs * 2 ** (attempt - 1));
      return { kind: 'restart', attempt, delayMs };
    },
    reset: () => {
      crashes = [];
    },
  };
}
