import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex, Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { messageOf, WorkbenchError } from '../../base/index.ts';
import type { Identity } from '../bubblewrap/index.ts';
import { keepOutput, settleStreams, startError } from '../child-process.ts';
import type { ProcessExit, SandboxedProcess, SandboxPolicy } from '../port.ts';
import { describeJob } from './job.ts';
import { launcherScript } from './launcher.ts';
import type { ReducedInstallation } from './probe.ts';

const fds = { wire: 3, job: 4, status: 5 } as const;

/** Starts a program that takes its own rights away first. See {@link Sandbox.launch}. */
export async function launchReduced(
  installation: ReducedInstallation,
  policy: SandboxPolicy,
  identity: Identity,
  signal?: AbortSignal,
): Promise<SandboxedProcess> {
  signal?.throwIfAborted();
  const scratch = makeScratch(identity.outerId);
  const forget = (): void => rmSync(scratch, { recursive: true, force: true });
  let child: ChildProcess;
  try {
    const job = describeJob(installation, policy, scratch);
    child = spawnLauncher(installation, policy, scratch, identity);
    feed(child, job);
  } catch (error) {
    forget();
    throw error;
  }
  const failure = startError(child);
  const output = { stdout: keepOutput(child.stdout), stderr: keepOutput(child.stderr) };
  const pid = child.pid;
  const exited = waitForEnd(child).then(exit => {
    if (pid !== undefined) killGroup(pid);
    forget();
    return exit;
  });
  let gone = pid === undefined;
  void exited.then(() => {
    gone = true;
  });
  const kill = (): void => {
    if (!gone && pid !== undefined) killGroup(pid);
  };
  signal?.addEventListener('abort', kill, { once: true });
  const reason = pid === undefined ? messageOf(await failure()) : await text(statusOf(child));
  signal?.removeEventListener('abort', kill);
  if (pid === undefined || reason !== '' || signal?.aborted) {
    kill();
    if (pid !== undefined) await exited;
    settleStreams(output.stdout, output.stderr);
    signal?.throwIfAborted();
    throw new WorkbenchError(
      'PW-SANDBOX-START',
      `The sandbox of ${policy.name} did not start: ${reason.trim()}`,
      {
        nextStep: `Check that ${policy.command[0]}, ${policy.pluginDir} and every folder the plugin is granted exist.`,
        details: { stderr: reason },
      },
    );
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

function statusOf(child: ChildProcess): Readable {
  const streams: readonly unknown[] = child.stdio;
  return streams[fds.status] as Readable;
}

function spawnLauncher(
  { perl, prlimit }: ReducedInstallation,
  policy: SandboxPolicy,
  scratch: string,
  { outerId }: Identity,
): ChildProcess {
  return spawn(
    prlimit,
    [`--nofile=${policy.fileHandles}:${policy.fileHandles}`, '--core=0:0', perl, '-e', launcherScript],
    {
      cwd: '/',
      env: { ...policy.env, HOME: scratch, TMPDIR: scratch },
      // A group of its own, which the filter lets no process leave, so that one kill reaches them all.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
      ...(outerId === undefined ? {} : { uid: outerId, gid: outerId }),
    },
  );
}

function feed(child: ChildProcess, job: Buffer): void {
  const streams: readonly unknown[] = child.stdio;
  const pipe = streams[fds.job] as Writable;
  pipe.on('error', () => {});
  pipe.end(job, () => pipe.destroy());
}

function makeScratch(owner: number | undefined): string {
  const scratch = mkdtempSync(join(realpathSync(tmpdir()), 'plugin-workbench-'));
  if (owner !== undefined) chownSync(scratch, owner, owner);
  return scratch;
}

function waitForEnd(child: ChildProcess): Promise<ProcessExit> {
  return new Promise(resolve => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => {
      if (child.pid === undefined) resolve({ code: null, signal: null });
    });
  });
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // The group is empty.
  }
}
