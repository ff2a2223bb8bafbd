import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { messageOf, WorkbenchError } from '../../base/index.ts';
import { type OpenGrants, openGrants, usualProcesses } from '../bubblewrap/index.ts';
import { decodeShellCode, keepOutput, settleStreams, startError } from '../child-process.ts';
import type { ProcessExit, SandboxedProcess, SandboxPolicy } from '../port.ts';
import { buildOciProfile } from '../seccomp/index.ts';
import { containerArguments } from './arguments.ts';
import { ask, begin, type Engine } from './engine.ts';
import { ownerOf, removeContainer } from './leftovers.ts';
import { type ContainerInstallation, identityArguments } from './probe.ts';
import { checkGranted, createKiller, type Killer, waitUntilRunning } from './running.ts';
import { postWarden } from './warden.ts';

/** How long the last words of an ended container may take to arrive, in milliseconds. */
const STREAMS_MS = 1000;

/** Podman's own failures, and those of the runtime to start the program. */
const ownFailures: readonly (number | null)[] = [125, 126, 127];

/** Starts a program in a container; the policy was checked. See `Sandbox.launch`. */
export async function launchInContainer(
  installation: ContainerInstallation,
  image: string,
  policy: SandboxPolicy,
  signal?: AbortSignal,
): Promise<SandboxedProcess> {
  signal?.throwIfAborted();
  const grants = openGrants(policy);
  try {
    return await launchChecked(installation, image, policy, grants, signal);
  } finally {
    grants.dispose();
  }
}

async function launchChecked(
  installation: ContainerInstallation,
  image: string,
  policy: SandboxPolicy,
  grants: OpenGrants,
  signal?: AbortSignal,
): Promise<SandboxedProcess> {
  const { engine } = installation;
  const container = `plugin-workbench-${process.pid}-${randomBytes(6).toString('hex')}`;
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'plugin-workbench-'));
  const pidFile = join(folder, 'pid');
  let child: ChildProcess;
  try {
    const args = prepare(installation, image, policy, { container, folder, pidFile });
    child = begin(engine, args, ['ignore', 'pipe', 'pipe', 'pipe']);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  const warden = postWarden(engine, container, folder);
  const failure = startError(child);
  const output = { stdout: keepOutput(child.stdout), stderr: keepOutput(child.stderr) };
  let ended: ProcessExit | undefined;
  const client = waitForClient(child).then(exit => {
    ended = exit;
    return exit;
  });
  const exited = client.then(async exit => {
    const end = exit.code === null ? exit : decodeShellCode(exit.code);
    const outOfMemory =
      end.signal === 'SIGKILL' && (ranOut(killer) || (await isMarkedOutOfMemory(engine, container)));
    await removeContainer(engine, container);
    rmSync(folder, { recursive: true, force: true });
    warden.dismiss();
    return outOfMemory ? { ...end, outOfMemory } : end;
  });
  // Podman often misses it. But inside nobody can kill process 1, and outside nobody has a reason to.
  const ranOut = ({ isUsed }: Killer): boolean =>
    installation.holds.memory && policy.ceilings !== undefined && !isUsed();
  const killer = createKiller(engine, container, () => ended !== undefined);
  signal?.addEventListener('abort', killer.kill, { once: true });
  try {
    const pid = await waitUntilRunning(pidFile, () => ended !== undefined, killer.aim);
    if (signal?.aborted) killer.kill();
    if (ended !== undefined) await Promise.all([exited, hasEnded(child.stderr)]);
    // What ran and is over counts as started.
    if (pid === undefined || (ended !== undefined && isStartFailure(ended, output.stderr, policy))) {
      signal?.throwIfAborted();
      throw startFailure(policy, (await failure()) ?? (await text(output.stderr)));
    }
    checkGranted(pid, grants, () => ended !== undefined);
    signal?.throwIfAborted();
    return {
      pid,
      wire: child.stdio[3] as Duplex,
      ...output,
      exited,
      kill: killer.kill,
      dispose: () => {
        killer.kill();
        void exited.then(() => settleStreams(output.stdout, output.stderr));
      },
    };
  } catch (error) {
    killer.kill();
    await exited;
    settleStreams(output.stdout, output.stderr);
    throw error;
  } finally {
    signal?.removeEventListener('abort', killer.kill);
  }
}

/** Resolves when all output has arrived, or late. */
async function hasEnded(stream: Readable | null): Promise<void> {
  if (stream === null || stream.closed) return;
  await Promise.race([once(stream, 'close'), delay(STREAMS_MS, undefined, { ref: false })]);
}

/** Looks what an ended container was about, without taking its output from whoever reads it. */
function isStartFailure({ code }: ProcessExit, stderr: Readable, { command }: SandboxPolicy): boolean {
  if (ownFailures.includes(code)) return true;
  const said: unknown = stderr.read();
  if (!Buffer.isBuffer(said)) return false;
  stderr.unshift(said);
  // The runtime's last word where the program can't be executed.
  return said.toString('utf8').startsWith(`exec ${command[0]}: `);
}

/** Writes the files podman reads, in a folder that only this user can enter, and gives its arguments. */
function prepare(
  { architecture, asRoot, holds }: ContainerInstallation,
  image: string,
  policy: SandboxPolicy,
  place: { readonly container: string; readonly folder: string; readonly pidFile: string },
): string[] {
  const seccompFile = join(place.folder, 'seccomp.json');
  const envFile = join(place.folder, 'environment');
  const lines = Object.entries(policy.env).map(([name, value]) => {
    if (/[\n\r]/.test(value)) throw unfit(policy, name);
    return `${name}=${value}\n`;
  });
  writeFileSync(seccompFile, JSON.stringify(buildOciProfile(architecture, policy.refusedCalls)));
  // Not in the argument list, where every user of the machine could read it.
  writeFileSync(envFile, lines.join(''), { mode: 0o600 });
  return containerArguments(policy, {
    container: place.container,
    pidFile: place.pidFile,
    image,
    label: ownerOf(process.pid) ?? `${process.pid}`,
    seccompFile,
    envFile,
    identity: identityArguments(asRoot),
    holds,
    processes: policy.processes ?? usualProcesses,
  });
}

function unfit(policy: SandboxPolicy, name: string): WorkbenchError {
  return new WorkbenchError(
    'PW-SANDBOX-START',
    `The environment variable ${name} of ${policy.name} has several lines, which podman can't pass on.`,
    { nextStep: `Give ${name} a value of one line, or don't grant it.` },
  );
}

/** Never rejects. */
function waitForClient(child: ChildProcess): Promise<ProcessExit> {
  return new Promise(resolve => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => {
      if (child.pid === undefined) resolve({ code: 127, signal: null });
    });
  });
}

async function isMarkedOutOfMemory(engine: Engine, container: string): Promise<boolean> {
  const { stdout } = await ask(engine, [
    'container',
    'inspect',
    '--format',
    '{{.State.OOMKilled}}',
    container,
  ]);
  return stdout.trim() === 'true';
}

function startFailure(policy: SandboxPolicy, reason: unknown): WorkbenchError {
  const stderr = typeof reason === 'string' ? reason.trim() : messageOf(reason);
  return new WorkbenchError(
    'PW-SANDBOX-START',
    `The container of ${policy.name} did not start: ${stderr || 'no reason given'}`,
    {
      nextStep: `Check that the image has the folders ${policy.pluginDir} and the granted ones can be shown in, and that ${policy.command[0]} exists with its libraries.`,
      details: { stderr },
      ...(typeof reason === 'string' ? {} : { cause: reason }),
    },
  );
}
