import { stat } from 'node:fs/promises';
import type { PluginDebugger } from '../debugging/index.ts';
import { type Grants, resolveGrants } from '../process/grants.ts';
import { type EffectiveLimits, effectiveLimits } from '../process/limits.ts';
import { readSeccompProfile } from '../process/seccomp-profile.ts';
import type { PreparedRuntime, Runtimes } from '../runtimes/index.ts';
import type { PluginSandbox } from '../trust/index.ts';
import type { PluginSource } from './plugin-source.ts';
import { type ProcessMemoryPorts, usesMemory } from './process-memory.ts';

/** All that decides what a process of a plugin is and may, found out before there is one. */
export interface LaunchPlan {
  readonly source: PluginSource;
  readonly sandbox: PluginSandbox;
  readonly runtime: PreparedRuntime;
  readonly limits: EffectiveLimits;
  readonly grants: Grants;
  /** Names of system calls the plugin's own profile refuses. */
  readonly refusedCalls: readonly string[];
  readonly usesMemory: boolean;
  /** What is worth knowing about it, a sentence each. */
  readonly notes: readonly string[];
  /** Which files and folders the paths stand for now: a sandbox goes on to show those it was made with. */
  readonly places: readonly string[];
}

/** What a launch is planned with. */
export interface LaunchPorts extends Pick<ProcessMemoryPorts, 'capabilities' | 'onLog'> {
  readonly runtimes: Runtimes;
  findSandbox(source: PluginSource): Promise<PluginSandbox>;
  /** The way of debuggers to it; `undefined` when it is not debugged. */
  readonly debugger: PluginDebugger | undefined;
}

/**
 * Finds the sandbox and the runtime, and builds what is to be built.
 *
 * @throws WorkbenchError when either can't be had
 */
export async function planLaunch(
  source: PluginSource,
  ports: LaunchPorts,
  signal: AbortSignal,
): Promise<LaunchPlan> {
  const { manifest } = source;
  const limits = effectiveLimits(manifest);
  const capabilities = ports.capabilities();
  const preparing = ports.findSandbox(source).then(
    async sandbox =>
      [
        sandbox,
        await ports.runtimes.prepare(
          {
            source,
            limits,
            confined: sandbox.level !== 'unconfined',
            mounts: sandbox.mounts,
            onLog: ports.onLog,
            debug: ports.debugger !== undefined,
          },
          signal,
        ),
      ] as const,
  );
  const [[sandbox, runtime], tightening, grants] = await Promise.all([
    preparing,
    readSeccompProfile(source.dir),
    resolveGrants(capabilities, source.dir),
  ]);
  signal.throwIfAborted();
  const shown = [source.dir, ...grants.readOnly, ...grants.readWrite, ...runtime.mounts.map(m => m.from)];
  return {
    source,
    sandbox,
    runtime,
    limits,
    grants,
    refusedCalls: tightening?.refusedCalls ?? [],
    usesMemory: usesMemory(capabilities),
    notes: [...sandbox.warnings, ...limits.notes, ...grants.notes, ...(tightening?.notes ?? [])],
    places: await Promise.all([...shown, ...runtime.runtimePaths].map(placeOf)),
  };
}

/** True when a process of one plan is as good as one of the other, but for the code it loads. */
export function isSameLaunch(a: LaunchPlan, b: LaunchPlan): boolean {
  return fingerprint(a) === fingerprint(b);
}

function fingerprint({ source, sandbox, runtime, limits, grants, ...rest }: LaunchPlan): string {
  const { level, mounts, description } = sandbox;
  const { command, runtimePaths, env } = runtime;
  return JSON.stringify([
    [source.dir, source.entry, source.document.text],
    [level, mounts, description],
    [command, runtimePaths, runtime.mounts, env],
    [limits, grants.readOnly, grants.readWrite],
    [rest.refusedCalls, rest.usesMemory, rest.places],
  ]);
}

async function placeOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  return found ? `${found.dev}:${found.ino}` : 'gone';
}
