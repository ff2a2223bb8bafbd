import { WorkbenchError } from '../../base/index.ts';
import type { Problem } from '../../protocol/editor/index.ts';
import type { Json } from '../../protocol/plugin/index.ts';
import type { LimitedResource } from '../../sandbox/index.ts';
import type { LocateLimit } from '../process/exit-diagnosis.ts';
import { abandon } from '../process/start-error.ts';
import { type Generation, type GenerationPorts, startProcess } from './generation.ts';
import { planLaunch } from './launch-plan.ts';
import { type PluginSource, placeOf } from './plugin-source.ts';
import { problemOf } from './problems.ts';
import type { Standby } from './standby.ts';

/** A plugin could not be brought up, for a reason that can be shown to people. */
export class PluginFailure extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, cause: unknown) {
    super(problem.message, { cause });
    this.name = 'PluginFailure';
    this.problem = problem;
  }

  /** As the error of a request. */
  toWorkbenchError(): WorkbenchError {
    const { code, message, nextStep, location, related } = this.problem;
    return new WorkbenchError(code, message, {
      nextStep,
      cause: this.cause,
      details: { ...(location ? { location } : {}), ...(related ? { problems: related } : {}) },
    });
  }
}

/**
 * Launches a generation, or takes the process that stands by, and loads the code.
 *
 * @throws PluginFailure; nothing is left running then
 */
export async function launch(
  source: PluginSource,
  ports: GenerationPorts,
  standby: Pick<Standby, 'take'>,
  signal: AbortSignal,
): Promise<Generation> {
  try {
    ports.onStage('download');
    const plan = await planLaunch(source, ports, signal);
    for (const note of plan.notes) ports.onLog('host', 'info', note);
    ports.onStage('loading');
    const process = (await standby.take(plan)) ?? (await startProcess(plan, ports, signal));
    return await process.load(signal);
  } catch (error) {
    throw new PluginFailure(problemOf(error, 'load', limitPlace(source)), error);
  }
}

/**
 * Activates a generation, with the state of the one before if there is any.
 *
 * @throws PluginFailure; the instance is gone then
 */
export async function activate(
  generation: Generation,
  config: Readonly<Record<string, Json>>,
  state: Json | undefined,
  signal: AbortSignal,
): Promise<void> {
  try {
    const given = state === undefined || state === null ? {} : { state };
    await generation.instance.activate({ config, ...given }, signal);
  } catch (error) {
    const cause = await abandon(generation.instance, error);
    throw new PluginFailure(problemOf(cause, 'activate', limitPlace(generation.source)), cause);
  }
}

/** The canonical fields that state a limit. */
const limitFields: Readonly<Partial<Record<LimitedResource, string>>> = {
  memory: 'limits.memoryBytes',
  cpu: 'limits.cpuPercent',
  fileHandles: 'limits.fileHandles',
  connections: 'limits.connections',
};

/** Where the manifest of a plugin states its limits. */
export function limitPlace(source: PluginSource): LocateLimit {
  return limit => {
    const field = limitFields[limit];
    return field === undefined ? undefined : placeOf(source, field);
  };
}
