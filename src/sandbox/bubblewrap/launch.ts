import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Duplex, Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { messageOf, WorkbenchError } from '../../base/index.ts';
import type { ControlGroup, GroupLimits } from '../cgroup/index.ts';
import { keepOutput, settleStreams, startError } from '../child-process.ts';
import type { ResourceCeilings, SandboxedProcess, SandboxPolicy } from '../port.ts';
import { buildFilter } from '../seccomp/index.ts';
import { bubblewrapArguments } from './arguments.ts';
import { openGrants } from './grants.ts';
import { chooseIdentity, type Identity } from './identity.ts';
import { findInheritedDescriptors } from './inherited-descriptors.ts';
import { checkPolicy } from './policy-check.ts';
import type { Installation } from './probe.ts';
import { fileLimitArguments, limitProcesses, usualProcesses } from './resource-limits.ts';
import { killProgram, waitForEnd, waitUntilRunning } from './running.ts';
import { readStatus } from './status.ts';

/**
 * Descriptors of the child. The plugin keeps 0 to 3; bubblewrap reads and closes the others before it starts the
 * plugin.
 */
const fds = { wire: 3, status: 4, seccomp: 5, options: 6, firstGrant: 7 } as const;

/** How long a program may start up at full speed, in milliseconds. */
const THROTTLED_AFTER_MS = 2000;

/** What bubblewrap and the kernel need beside the program, and what the program may leave in caches. */
const groupOverheadBytes = 16 * 2 ** 20;

function groupLimits({ memoryBytes, cpuPercent }: ResourceCeilings, processes: number): GroupLimits {
  // Two more for bubblewrap itself.
  return { memoryBytes: memoryBytes + groupOverheadBytes, cpuPercent, processes: processes + 2 };
}

/**
 * Starts a program in bubblewrap and waits until it runs.
 *
 * @throws WorkbenchError `PW-SANDBOX-START`; the reason of `signal` when it is aborted. Nothing is left running then.
 */
export async function launchInBubblewrap(
  installation: Installation,
  policy: SandboxPolicy,
  signal?: AbortSignal,
): Promise<SandboxedProcess> {
  signal?.throwIfAborted();
  checkPolicy(policy);
  const identity = chooseIdentity(policy, installation.runsAsNobody);
  const group =
    policy.ceilings &&
    installation.groups.create(groupLimits(policy.ceilings, policy.processes ?? usualProcesses));
  // A control group counts them already, and setting the limit takes a process more for every start. The kernel exempts
  // root's own processes from it, whatever their namespace.
  const limitsProcesses =
    installation.countsProcessesPerSandbox &&
    identity.outerId !== 0 &&
    (group === undefined || !installation.groups.holds.has('pids'));
  const child = spawnBubblewrap(installation, policy, identity, group);
  const failure = startError(child);
  const status = readStatus(child.stdio[fds.status] as Readable);
  const exited = waitForEnd(child, status).then(exit => {
    const outOfMemory = group?.ranOutOfMemory() ?? false;
    void group?.remove();
    return outOfMemory ? { ...exit, outOfMemory } : exit;
  });
  const output = { stdout: keepOutput(child.stdout), stderr: keepOutput(child.stderr) };
  let pid: number | undefined;
  let gone = false;
  const throttling = setTimeout(() => group?.throttle(), THROTTLED_AFTER_MS).unref();
  void exited.then(() => {
    gone = true;
    clearTimeout(throttling);
  });
  const kill = (): void => {
    if (!gone && pid !== undefined) killProgram(child, pid);
  };
  signal?.addEventListener('abort', kill, { once: true });
  try {
    pid = await status.childPid;
    if (signal?.aborted === true) kill();
    const [running] =
      pid === undefined
        ? [false]
        : await Promise.all([
            waitUntilRunning(pid, policy.command, status),
            // Beside the set-up, so that it costs no time and holds before the program starts, as a rule.
            limitsProcesses
              ? limitProcesses(
                  installation.prlimit,
                  pid,
                  policy.processes ?? usualProcesses,
                  identity.outerId,
                )
              : undefined,
          ]);
    if (!running || pid === undefined) {
      await exited;
      signal?.throwIfAborted();
      throw startFailure(policy, (await failure()) ?? (await text(output.stderr)));
    }
    signal?.throwIfAborted();
  } catch (error) {
    kill();
    await exited;
    settleStreams(output.stdout, output.stderr);
    throw error;
  } finally {
    signal?.removeEventListener('abort', kill);
  }
  return {
    pid,
    wire: child.stdio[fds.wire] as Duplex,
    ...output,
    exited,
    kill,
    dispose: () => {
      kill();
      void exited.then(() => settleStreams(output.stdout, output.stderr));
    },
  };
}

function spawnBubblewrap(
  installation: Installation,
  policy: SandboxPolicy,
  identity: Identity,
  group: ControlGroup | undefined,
): ChildProcess {
  const grants = openGrants(policy);
  const empty = openSync('/dev/null', 'r');
  try {
    const stdio: ('ignore' | 'pipe' | number)[] = ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'];
    const grantFds = new Map<string, number>();
    if (installation.bindsDescriptors) {
      for (const [path, fd] of grants.descriptors) grantFds.set(path, stdio.push(fd) - 1);
    }
    // Bubblewrap reads options from these to their end and closes them: an inherited descriptor gives way to an
    // empty one that is gone when the plugin starts.
    const inherited = findInheritedDescriptors(stdio.length);
    for (const fd of inherited) {
      while (stdio.length < fd) stdio.push('ignore');
      stdio[fd] = empty;
    }
    const options = bubblewrapArguments(policy, {
      seccompFd: fds.seccomp,
      statusFd: fds.status,
      grantFds,
      innerId: identity.innerId,
      maskedFiles: identity.outerId === 0 ? installation.maskedFiles : [],
      maskedFolders: identity.outerId === 0 ? installation.maskedFolders : [],
      disablesUserNamespaces: installation.disablesUserNamespaces,
    });
    const child = spawn(
      installation.prlimit,
      [
        ...fileLimitArguments(policy.fileHandles),
        installation.bubblewrap,
        ...[fds.options, ...inherited].flatMap(fd => ['--args', `${fd}`]),
        '--',
        ...policy.command,
      ],
      {
        stdio,
        cwd: '/',
        env: {},
        ...(identity.outerId === undefined ? {} : { uid: identity.outerId, gid: identity.outerId }),
      },
    );
    // Bubblewrap waits for its options, so it is in the group before it starts anything.
    if (group !== undefined && child.pid !== undefined) group.add(child.pid);
    // Over a pipe: in an argument list, every user of the machine could read the plugin's environment.
    feed(child, fds.options, Buffer.from(options.map(option => `${option}\0`).join('')));
    feed(child, fds.seccomp, buildFilter(installation.architecture, policy.refusedCalls));
    return child;
  } finally {
    closeSync(empty);
    grants.dispose();
  }
}

function feed(child: ChildProcess, fd: number, bytes: Buffer): void {
  const streams: readonly unknown[] = child.stdio;
  const pipe = streams[fd] as Writable;
  // A bubblewrap that ended early tells why on stderr; the broken pipe adds nothing to that.
  pipe.on('error', () => {});
  pipe.end(bytes, () => pipe.destroy());
}

function startFailure(policy: SandboxPolicy, reason: unknown): WorkbenchError {
  const stderr = typeof reason === 'string' ? reason.trim() : messageOf(reason);
  const isLoader = /execvp .*No such file/.test(stderr);
  return new WorkbenchError(
    'PW-SANDBOX-START',
    `The sandbox of ${policy.name} did not start: ${stderr || 'no reason given'}`,
    {
      nextStep: isLoader
        ? `Check that ${policy.command[0]} exists and that its loader and shared libraries are among the runtime's paths.`
        : `Check that ${policy.pluginDir} and every folder the plugin is granted exist, then start the plugin again.`,
      details: { stderr },
      ...(typeof reason === 'string' ? {} : { cause: reason }),
    },
  );
}
