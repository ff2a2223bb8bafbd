import { messageOf, WorkbenchError } from '../../base/index.ts';
import type {
  PluginStatus,
  Problem,
  StartAllParams,
  StartPluginParams,
} from '../../protocol/editor/index.ts';
import type { DebugHost } from '../host-api.ts';
import type { Plugin } from '../plugin/plugin.ts';
import { type PluginSource, readPluginSource } from '../plugin/plugin-source.ts';
import type { Population } from '../population.ts';
import type { Starter } from '../starter.ts';
import { type Present, planStart, type Step } from './plan.ts';
import { type Outcome, runPlan } from './run-plan.ts';

/** The part of a host that starts and stops plugins with regard to what they need. */
export type DependencyControl = Pick<
  DebugHost,
  'start' | 'startAll' | 'stop' | 'dependencies' | 'loadDependencies'
>;

/** Makes that part. */
export function createDependencies(population: Population, starter: Starter): DependencyControl {
  const present = (tenant: string | undefined): Present[] =>
    population
      .ofTenant(tenant)
      .filter(({ serving }) => serving)
      .map(({ source: { manifest } }) => ({ id: manifest.id, version: manifest.version }));

  /** Starts under way, by tenant and folder. */
  const underWay = new Map<string, Promise<PluginStatus>>();

  /** Starts a plugin; two that need the same one, or one that is needed and asked for, share its start. */
  function begin(
    source: PluginSource,
    params: StartPluginParams,
    signal: AbortSignal | undefined,
  ): Promise<PluginStatus> {
    const key = JSON.stringify([params.tenant, source.dir]);
    const before = underWay.get(key);
    if (before) return before;
    const started = starter.start(source, params, signal).finally(() => underWay.delete(key));
    underWay.set(key, started);
    return started;
  }

  async function plan(
    targets: readonly PluginSource[],
    params: Pick<StartPluginParams, 'knownDirs' | 'tenant'>,
  ): Promise<readonly Step[]> {
    // A target without dependencies needs no look at any other folder.
    const needsOthers = targets.some(({ manifest }) => manifest.dependencies.plugins.length > 0);
    const known = needsOthers ? await readAll(params.knownDirs ?? []) : [];
    return planStart(targets, known, present(params.tenant));
  }

  /** How the plugins that another needs are started. */
  function paramsFor({ dir }: PluginSource, params: Omit<StartPluginParams, 'dir'>): StartPluginParams {
    const { watch, restart, tenant, recover, approve } = params;
    return {
      dir,
      watch,
      ...(restart ? { restart } : {}),
      ...(tenant === undefined ? {} : { tenant }),
      ...(recover === undefined ? {} : { recover }),
      // Keys were approved of one plugin, and say nothing about another.
      ...(approve === 'all' ? { approve } : {}),
    };
  }

  async function startWith(params: StartPluginParams, signal?: AbortSignal): Promise<readonly Outcome[]> {
    const source = await readPluginSource(params.dir);
    return runPlan(await plan([source], params), step =>
      begin(step.source, step.source === source ? params : paramsFor(step.source, params), signal),
    );
  }

  function dependantsOf(plugin: Plugin): Plugin[] {
    const { id } = plugin.source.manifest;
    const needs = (other: Plugin): boolean =>
      other.source.manifest.dependencies.plugins.some(dependency => dependency.id === id);
    return population
      .ofTenant(plugin.tenant)
      .filter(other => other !== plugin && other.serving && needs(other));
  }

  return {
    start: async (params, signal) => statusOf((await startWith(params, signal)).at(-1)),
    startAll: async ({ dirs, approve, ...params }, signal) => {
      const failed: {
        dir: string;
        pluginId?: string;
        problem: Problem;
        details?: Record<string, unknown>;
      }[] = [];
      const sources: PluginSource[] = [];
      for (const dir of dirs) {
        try {
          sources.push(await readPluginSource(dir));
        } catch (error) {
          failed.push({ dir, ...failureOf(error) });
        }
      }
      const outcomes = await runPlan(await plan(sources, params), ({ source }) =>
        begin(source, { ...params, ...approval(approve, source), dir: source.dir }, signal),
      );
      for (const outcome of outcomes) {
        if (!('error' in outcome)) continue;
        const { dir, manifest } = outcome.step.source;
        failed.push({ dir, pluginId: manifest.id, ...failureOf(outcome.error) });
      }
      return { started: outcomes.flatMap(outcome => ('status' in outcome ? [outcome.status] : [])), failed };
    },
    stop: async (pluginId, force = false) => {
      const plugin = population.find(pluginId);
      const dependants = force ? [] : dependantsOf(plugin).map(({ address }) => address);
      if (dependants.length > 0) {
        const message = `${pluginId} is needed by ${dependants.join(', ')}.`;
        throw new WorkbenchError('PW-PLUGIN-NEEDED', message, {
          nextStep: 'Stop those first, or stop it all the same.',
          details: { dependants },
        });
      }
      await population.remove(plugin);
    },
    dependencies: async ({ dir, ...params }) => {
      const source = await readPluginSource(dir);
      const known = await readAll(params.knownDirs ?? []);
      const running = population.ofTenant(params.tenant).filter(({ serving }) => serving);
      // What runs is a place to find a dependency in, too.
      const steps = planStart([source], [...running.map(plugin => plugin.source), ...known], []);
      for (const { problem } of steps) if (problem) throw problem;
      return steps
        .filter(step => step.source !== source)
        .map(({ source: { manifest, dir: folder } }) => ({
          pluginId: manifest.id,
          version: manifest.version,
          dir: folder,
          running: running.some(plugin => plugin.dir === folder),
        }));
    },
    loadDependencies: async (params, signal) => {
      const source = await readPluginSource(params.dir);
      const steps = await plan([source], params);
      const own = steps.find(step => step.source === source);
      if (own?.problem) throw own.problem;
      const outcomes = await runPlan(
        steps.filter(step => step !== own),
        step => begin(step.source, paramsFor(step.source, params), signal),
      );
      return outcomes.map(statusOf);
    },
  };
}

function approval(
  approve: StartAllParams['approve'],
  { dir }: PluginSource,
): Pick<StartPluginParams, 'approve'> {
  const own = approve === 'all' ? approve : approve?.[dir];
  return own === undefined ? {} : { approve: own };
}

function statusOf(outcome: Outcome | undefined): PluginStatus {
  if (!outcome) throw new Error('A plan ends with its target.');
  if ('error' in outcome) throw outcome.error;
  return outcome.status;
}

/** A folder that can't be run can't be a dependency either, and is not worth a word here. */
async function readAll(dirs: readonly string[]): Promise<PluginSource[]> {
  const read = await Promise.all(dirs.map(dir => readPluginSource(dir).catch(() => undefined)));
  return read.flatMap(source => source ?? []);
}

function failureOf(error: unknown): { problem: Problem; details?: Record<string, unknown> } {
  if (!(error instanceof WorkbenchError)) {
    return { problem: { code: 'PW-INTERNAL', message: messageOf(error) } };
  }
  const { code, message, nextStep, details } = error;
  const problem = { code, message, ...(nextStep === undefined ? {} : { nextStep }) };
  return details ? { problem, details: { ...details } } : { problem };
}
