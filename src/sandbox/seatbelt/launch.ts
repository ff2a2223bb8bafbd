import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { messageOf, WorkbenchError } from '../../base/index.ts';
import { keepOutput, settleStreams, startError } from '../child-process.ts';
import type { ProcessExit, SandboxedProcess, SandboxPolicy } from '../port.ts';
import { seatbeltProfile } from './profile.ts';

/** Starts a program under `sandbox-exec`. See {@link Sandbox.launch}. */
export async function launchInSeatbelt(
  sandboxExec: string,
  policy: SandboxPolicy,
  signal?: AbortSignal,
): Promise<SandboxedProcess> {
  signal?.throwIfAborted();
  const scratch = mkdtempSync(join(realpathSync(tmpdir()), 'plugin-workbench-'));
  const forget = (): void => rmSync(scratch, { recursive: true, force: true });
  let child: ChildProcess;
  try {
    child = spawn(sandboxExec, ['-p', seatbeltProfile(policy, scratch), ...policy.command], {
      cwd: policy.pluginDir,
      env: { ...policy.env, HOME: scratch, TMPDIR: scratch },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
  } catch (error) {
    forget();
    throw error;
  }
  const failure = startError(child);
  const { pid } = child;
  if (pid === undefined) {
    const cause = await failure();
    forget();
    throw new WorkbenchError('PW-SANDBOX-START', `${policy.name} did not start: ${messageOf(cause)}`, {
      nextStep: `Check that ${sandboxExec} and ${policy.pluginDir} exist.`,
      cause,
      details: { stderr: '' },
    });
  }
  const output = { stdout: keepOutput(child.stdout), stderr: keepOutput(child.stderr) };
  let gone = false;
  const exited = new Promise<ProcessExit>(resolve => {
    child.once('exit', (code, signalName) => resolve({ code, signal: signalName }));
  }).then(exit => {
    killGroup(pid);
    gone = true;
    forget();
    return exit;
  });
  const kill = (): void => {
    if (!gone) killGroup(pid);
  };
  return {
    pid,
    wire: child.stdio[3] as Duplex,
    ...output,
    exited,
    kill,
    dispose: () => {
      kill();
      void exited.then(() => settleStreams(output.stdout, output.stderr));
    },
  };
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // The group is empty.
  }
}
