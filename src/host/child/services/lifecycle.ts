import { toDisposable } from '../../../base/index.ts';
import type { Lifecycle } from '../../../sdk/node/package/index.d.ts';

type Step = () => void | Promise<void>;

/** Functions the plugin wants called at turns of its life. */
export interface LifecycleService {
  readonly api: Lifecycle;
  /** @throws what the first failing function throws */
  activated(): Promise<void>;
  /** Calls all of them. @throws the first failure, when all were called */
  deactivated(): Promise<void>;
}

/** Makes the lifecycle. */
export function createLifecycle(): LifecycleService {
  const onActivate = new Set<Step>();
  const onDeactivate = new Set<Step>();
  const addTo = (steps: Set<Step>) => (step: Step) => {
    steps.add(step);
    return toDisposable(() => steps.delete(step));
  };
  return {
    api: { onActivate: addTo(onActivate), onDeactivate: addTo(onDeactivate) },
    activated: async () => {
      for (const step of onActivate) await step();
    },
    deactivated: async () => {
      const failures: unknown[] = [];
      for (const step of [...onDeactivate].reverse()) {
        try {
          await step();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
