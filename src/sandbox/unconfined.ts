import { type ChildProcess, spawn } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { messageOf, WorkbenchError } from '../base/index.ts';
import { keepOutput, settleStreams, startError } from './child-process.ts';
import type { ProcessExit, Sandbox, SandboxedProcess, SandboxPolicy } from './port.ts';

/**
 * Runs a program with no confinement at all, for a plugin its user has allowed to. Of the policy only the command,
 * the folder and the environment count.
 *
 * A process that leaves its process group (setsid) outlives the kill: nothing holds it without a sandbox.
 */
export function createUnconfined(): Sandbox {
  return {
    level: 'unconfined',
    description: 'Nothing confines the plugin: it can do whatever its user can.',
    mounts: false,
    holds: { memory: false, cpu: false, processes: false },
    launch,
  };
}

async function launch(policy: SandboxPolicy, signal?: AbortSignal): Promise<SandboxedProcess> {
  signal?.throwIfAborted();
  const [program = '', ...args] = policy.command;
  const child = spawn(program, args, {
    cwd: policy.pluginDir,
    env: policy.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const failure = startError(child);
  const pid = child.pid;
  if (pid === undefined) {
    const cause = await failure();
    throw new WorkbenchError('PW-SANDBOX-START', `${policy.name} did not start: ${messageOf(cause)}`, {
      nextStep: `Check that ${program} and ${policy.pluginDir} exist.`,
      cause,
      details: { stderr: '' },
    });
  }
  const output = { stdout: keepOutput(child.stdout), stderr: keepOutput(child.stderr) };
  let gone = false;
  const exited = waitForEnd(child).then(exit => {
    // What the program started and left behind goes with it, as it would in the sandbox.
    killGroup(pid);
    gone = true;
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

function waitForEnd(child: ChildProcess): Promise<ProcessExit> {
  return new Promise(resolve => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // The group is empty.
  }
}
