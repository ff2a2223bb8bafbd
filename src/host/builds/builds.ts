import { availableParallelism, totalmem } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { WorkbenchError } from '../../base/index.ts';
import {
  createSandbox,
  type LimitBreach,
  type MonitorLimits,
  type Sandbox,
  type SandboxPolicy,
  watchProcess,
} from '../../sandbox/index.ts';
import { makeFolders } from './folders.ts';
import { createLocks } from './locks.ts';
import type { BuildOutcome, BuildStep, Builds } from './port.ts';
import { readRegistryAccess } from './registry-access.ts';
import { systemPaths } from './system-paths.ts';
import { keepTail } from './tail-text.ts';
import { takeResult } from './take-result.ts';

const MIB = 1024 * 1024;

/** Most builds take seconds; the first of a large one, on a slow machine, minutes. */
const DEADLINE_MS = 10 * 60_000;

/** Pages of /tmp count as memory, so tools are pointed to a folder on disk for what is large. */
const TMP_BYTES = 256 * MIB;

/** A compiler for each core, each with threads of its own. */
const PROCESSES = 4096;

const FILE_HANDLES = 4096;

/** How long the last output of an ended tool may take to arrive, in milliseconds. */
const STREAMS_MS = 1000;

/** What {@link Builds} are made from. */
export interface BuildsOptions {
  /** Absolute folder for caches and results; made when first needed. */
  readonly root: string;
  /** The environment of the user, for the way to the registries. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The sandbox of this machine when absent; replaced in tests. */
  readonly openSandbox?: (confined: boolean, signal: AbortSignal) => Promise<Sandbox>;
}

/** Makes the builds of one host; nothing is looked for before it is needed. */
export function createBuilds(options: BuildsOptions): Builds {
  const openSandbox = options.openSandbox ?? ((confined, signal) => createSandbox({ confined }, signal));
  const locks = createLocks();
  return {
    foldersFor: (language, pluginDir) => makeFolders(options.root, language, pluginDir),
    registryEnvironment: language => readRegistryAccess(language, options.env, options.root),
    run: async (step, signal) => runStep(await openSandbox(step.confined, signal), step, signal),
    exclusively: locks.run,
    take: takeResult,
  };
}

async function runStep(sandbox: Sandbox, step: BuildStep, signal: AbortSignal): Promise<BuildOutcome> {
  const deadline = step.deadline ?? DEADLINE_MS;
  const expired = AbortSignal.timeout(deadline);
  const child = await sandbox.launch(policyOf(step), signal);
  let breach: LimitBreach | undefined;
  const stop = (): void => child.kill();
  const monitor = watchProcess(child.pid, limits(), found => {
    if (found.action !== 'killed') return;
    breach ??= found;
    child.kill();
  });
  for (const reason of [signal, expired]) reason.addEventListener('abort', stop, { once: true });
  // Either may have been aborted before it was listened to.
  if (signal.aborted || expired.aborted) stop();
  const stdout = keepTail(child.stdout, line => step.onLine('stdout', line));
  const stderr = keepTail(child.stderr, line => step.onLine('stderr', line));
  try {
    const exit = await child.exited;
    const both = Promise.all([stdout.finished, stderr.finished]);
    await Promise.race([both, delay(STREAMS_MS, undefined, { ref: false })]);
    signal.throwIfAborted();
    if (breach) throw tooMuchMemory(step, breach);
    if (expired.aborted) throw tooSlow(step, deadline);
    return { code: exit.code, stdout: stdout.read(), stderr: stderr.read() };
  } finally {
    for (const reason of [signal, expired]) reason.removeEventListener('abort', stop);
    monitor.dispose();
    child.wire.destroy();
    child.dispose();
  }
}

function policyOf(step: BuildStep): SandboxPolicy {
  return {
    name: step.pluginId,
    command: step.command,
    pluginDir: step.pluginDir,
    runtimePaths: [...systemPaths(step.network), ...step.readOnly],
    mounts: [],
    readOnly: [],
    readWrite: step.readWrite,
    env: { PATH: '/usr/bin:/bin', HOME: '/tmp', LANG: 'C.UTF-8', TMPDIR: '/tmp', ...step.env },
    tmpBytes: TMP_BYTES,
    fileHandles: FILE_HANDLES,
    processes: PROCESSES,
    ceilings: { memoryBytes: limits().memoryBytes, cpuPercent: availableParallelism() * 100 },
    network: step.network,
  };
}

/** A build may use the machine, but not bring it down. */
function limits(): MonitorLimits {
  return { memoryBytes: totalmem() * 0.75, cpuPercent: availableParallelism() * 1000 };
}

function tooSlow(step: BuildStep, deadline: number): WorkbenchError {
  return new WorkbenchError(
    'PW-BUILD-FAILED',
    `${step.tool} took longer than ${Math.round(deadline / 1000)} seconds and was ended.`,
    { nextStep: 'See in the log of the plugin what it did last; then reload the plugin to try again.' },
  );
}

function tooMuchMemory(step: BuildStep, breach: LimitBreach): WorkbenchError {
  return new WorkbenchError(
    'PW-BUILD-FAILED',
    `${step.tool} used ${Math.round(breach.used / MIB)} MiB of memory and was ended at ${Math.round(breach.limit / MIB)} MiB.`,
    { nextStep: 'Let it do less at once, such as with fewer jobs, or build on a machine with more memory.' },
  );
}
