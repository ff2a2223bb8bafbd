import semver from 'semver';
import { WorkbenchError } from '../../base/index.ts';
import type { PluginSource } from '../plugin/plugin-source.ts';

/** A plugin that has to be started, after those it needs. */
export interface Step {
  readonly source: PluginSource;
  readonly needs: readonly Step[];
  /** Why it can't be started although its manifest is fine: something it needs is missing, or needs it in turn. */
  readonly problem: WorkbenchError | undefined;
}

/** A plugin that is there already. */
export interface Present {
  readonly id: string;
  readonly version: string;
}

/**
 * Says what has to be started for some plugins, in the order of their dependencies: whatever a step needs stands
 * before it. What is present is not in the plan. Of several versions that fit, the highest is taken.
 *
 * @param known the plugins among which dependencies are looked for, the targets included or not
 */
export function planStart(
  targets: readonly PluginSource[],
  known: readonly PluginSource[],
  present: readonly Present[],
): readonly Step[] {
  const all = [...new Map([...targets, ...known].map(source => [source.dir, source])).values()];
  const done = new Map<PluginSource, Step>();
  const path: PluginSource[] = [];

  function visit(source: PluginSource): Step {
    const seen = done.get(source);
    if (seen) return seen;
    path.push(source);
    const needs: Step[] = [];
    let problem: WorkbenchError | undefined;
    for (const { id, range } of source.manifest.dependencies.plugins) {
      if (present.some(one => one.id === id && fits(one.version, range))) continue;
      const found = all
        .filter(({ manifest }) => manifest.id === id && fits(manifest.version, range))
        .sort((a, b) => semver.rcompare(a.manifest.version, b.manifest.version))[0];
      if (!found) problem ??= missing(source, id, range, all, present);
      else if (path.includes(found)) problem ??= cycle([...path.slice(path.indexOf(found)), found]);
      else needs.push(visit(found));
    }
    path.pop();
    const step = { source, needs, problem };
    done.set(source, step);
    return step;
  }

  for (const target of targets) visit(target);
  // A step is put in when those it needs are in.
  return [...done.values()];
}

function fits(version: string, range: string): boolean {
  return range === '*' || semver.satisfies(version, range, { includePrerelease: true });
}

function missing(
  { manifest }: PluginSource,
  id: string,
  range: string,
  all: readonly PluginSource[],
  present: readonly Present[],
): WorkbenchError {
  const versions = [
    ...present.filter(one => one.id === id).map(one => one.version),
    ...all.filter(one => one.manifest.id === id).map(one => one.manifest.version),
  ];
  const details = { plugin: manifest.id, dependency: id, range };
  if (versions.length === 0) {
    return new WorkbenchError(
      'PW-DEPENDENCY-MISSING',
      `${manifest.name} needs the plugin ${id}, which is not there.`,
      {
        nextStep: `Open the folder of ${id} too, or start it first.`,
        details,
      },
    );
  }
  const there = [...new Set(versions)].join(', ');
  return new WorkbenchError(
    'PW-DEPENDENCY-VERSION',
    `${manifest.name} needs ${id} ${range}; there is ${there}.`,
    { nextStep: `Get a version of ${id} that fits, or widen the range.`, details: { ...details, versions } },
  );
}

function cycle(round: readonly PluginSource[]): WorkbenchError {
  const ids = round.map(({ manifest }) => manifest.id);
  return new WorkbenchError(
    'PW-DEPENDENCY-CYCLE',
    `Plugins need one another in a circle: ${ids.join(' → ')}.`,
    {
      nextStep: 'Take one of these dependencies out.',
      details: { cycle: ids },
    },
  );
}
