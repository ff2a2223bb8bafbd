import { messageOf, WorkbenchError } from '../../base/index.ts';
import type { PluginStatus } from '../../protocol/editor/index.ts';
import { disabledPlugin } from '../population.ts';
import type { Step } from './plan.ts';

/** What became of a step. */
export type Outcome =
  | { readonly step: Step; readonly status: PluginStatus }
  | { readonly step: Step; readonly error: unknown };

/**
 * Starts the steps of a plan: each as soon as all it needs run, independent ones at the same time. One that fails lets
 * those that need it fail, and nobody else.
 */
export function runPlan(
  plan: readonly Step[],
  start: (step: Step) => Promise<PluginStatus>,
): Promise<readonly Outcome[]> {
  const running = new Map<Step, Promise<PluginStatus>>();
  for (const step of plan) {
    const started = (async () => {
      for (const need of step.needs) {
        const status = await running.get(need)?.catch((error: unknown) => {
          throw dependencyFailed(step, need, error);
        });
        if (status?.state === 'disabled') throw dependencyFailed(step, need, disabledPlugin(status.pluginId));
      }
      if (step.problem) throw step.problem;
      return start(step);
    })();
    // It is looked at below, and perhaps by those that need it.
    started.catch(() => {});
    running.set(step, started);
  }
  return Promise.all(
    plan.map(async step => {
      try {
        return { step, status: (await running.get(step)) as PluginStatus };
      } catch (error) {
        return { step, error };
      }
    }),
  );
}

function dependencyFailed(step: Step, need: Step, error: unknown): unknown {
  // People are asked about the dependency, and the start is tried again then.
  if (error instanceof WorkbenchError && error.code === 'PW-APPROVAL-NEEDED') return error;
  const [plugin, dependency] = [step.source.manifest, need.source.manifest];
  const message = `${plugin.name} needs ${dependency.id}, which could not be started: ${messageOf(error)}`;
  const nextStep = error instanceof WorkbenchError ? error.nextStep : undefined;
  return new WorkbenchError('PW-DEPENDENCY-FAILED', message, {
    nextStep,
    cause: error,
    details: { plugin: plugin.id, dependency: dependency.id },
  });
}
