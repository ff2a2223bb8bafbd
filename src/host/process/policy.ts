import semver from 'semver';
import type { SandboxPolicy } from '../../sandbox/index.ts';
import type { PluginSource } from '../plugin/plugin-source.ts';
import type { NodeRuntime } from '../runtimes/node.ts';
import type { Grants } from './grants.ts';
import type { EffectiveLimits } from './limits.ts';

/** Where the bootstrap and the SDK package stand inside the sandbox; every module there resolves the SDK's name. */
const CHILD_INSIDE = '/workbench/child.cjs';
const SDK_INSIDE = '/node_modules/plugin-workbench';

const TMP_BYTES = 64 * 1024 * 1024;

/** What a policy is made from. */
export interface PolicyInput {
  readonly source: PluginSource;
  readonly runtime: NodeRuntime;
  readonly grants: Grants;
  readonly limits: EffectiveLimits;
  readonly level: 'sandboxed' | 'unconfined';
  /** Absolute paths on this machine. */
  readonly childScript: string;
  readonly sdkDir: string;
}

/** Says what the process of a Node.js plugin may touch: its folder, its runtime, the SDK and what was granted. */
export function nodePolicy(input: PolicyInput): SandboxPolicy {
  const { source, runtime, grants, limits } = input;
  const confined = input.level === 'sandboxed';
  const script = confined ? CHILD_INSIDE : input.childScript;
  return {
    name: source.manifest.id,
    command: [runtime.path, ...nodeFlags(input), script],
    pluginDir: source.dir,
    runtimePaths: runtime.runtimePaths,
    mounts: confined
      ? [
          { from: input.childScript, to: CHILD_INSIDE },
          { from: input.sdkDir, to: SDK_INSIDE },
        ]
      : [],
    readOnly: grants.readOnly,
    readWrite: grants.readWrite,
    env: {
      PATH: '/usr/bin:/bin',
      HOME: '/tmp',
      LANG: 'C.UTF-8',
      NODE_ENV: 'development',
      ...runtime.env,
      ...(confined ? {} : { PLUGIN_WORKBENCH_SDK: input.sdkDir }),
    },
    tmpBytes: TMP_BYTES,
    fileHandles: limits.fileHandles,
  };
}

/**
 * V8 is told to collect well before the memory limit, so that garbage alone does not end a plugin. Warnings stay on:
 * they are about the plugin's own code, and its author wants them in the log.
 */
function nodeFlags({ limits, runtime, source }: PolicyInput): string[] {
  const heapMib = Math.floor((limits.memoryBytes * 0.75) / 1024 / 1024);
  const flags = [`--max-old-space-size=${heapMib}`];
  const typescript = /\.[cm]?ts$/.test(source.entry);
  if (typescript && semver.satisfies(runtime.version, '>=22.6.0 <22.18.0 || >=23.0.0 <23.6.0')) {
    flags.push('--experimental-strip-types');
  }
  return flags;
}
