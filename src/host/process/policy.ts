import type { SandboxPolicy } from '../../sandbox/index.ts';
import type { PluginSource } from '../plugin/plugin-source.ts';
import type { AttachedMemory } from '../plugin/process-memory.ts';
import type { PreparedRuntime } from '../runtimes/index.ts';
import type { Grants } from './grants.ts';
import type { EffectiveLimits } from './limits.ts';

const TMP_BYTES = 64 * 1024 * 1024;

/** What a policy is made from. */
export interface PolicyInput {
  readonly source: PluginSource;
  readonly runtime: PreparedRuntime;
  readonly grants: Grants;
  readonly limits: EffectiveLimits;
  /** Names of system calls the plugin's own profile refuses. */
  readonly refusedCalls: readonly string[];
  readonly memory: Pick<AttachedMemory, 'mounts' | 'readOnly' | 'readWrite'>;
}

/** Says what the process of a plugin may touch: its folder, its runtime, the SDK and what was granted. */
export function pluginPolicy({
  source,
  runtime,
  grants,
  limits,
  refusedCalls,
  memory,
}: PolicyInput): SandboxPolicy {
  return {
    name: source.manifest.id,
    command: runtime.command,
    pluginDir: source.dir,
    runtimePaths: runtime.runtimePaths,
    mounts: [...runtime.mounts, ...memory.mounts],
    readOnly: [...grants.readOnly, ...memory.readOnly],
    readWrite: [...grants.readWrite, ...memory.readWrite],
    env: { PATH: '/usr/bin:/bin', HOME: '/tmp', LANG: 'C.UTF-8', ...runtime.env },
    tmpBytes: TMP_BYTES,
    fileHandles: limits.fileHandles,
    refusedCalls,
    ceilings: { memoryBytes: limits.memoryBytes, cpuPercent: limits.cpuPercent },
  };
}
