import { type ChildProcess, spawn } from 'node:child_process';
import { Server, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { WorkbenchError } from '../../base/index.ts';

/** Generous: a busy machine takes seconds to start a runtime. */
const DEADLINE_MS = 30_000;

/**
 * Runs a script of ours in the network namespace of a process, and gives the server or socket that the script sends
 * back. Afterwards nothing of the workbench is left in there: a socket belongs to the namespace it was made in, whoever
 * serves it.
 *
 * @param pid a process launched with the network policy `entered`
 * @param script sends `{}` with the handle, or `{ error }`; `argument` is its `process.argv[1]`
 * @param what is it for, as the subject of a sentence
 * @throws WorkbenchError `PW-SANDBOX-NETWORK`; the reason of `signal` when it is aborted
 */
export async function fetchHandle(
  pid: number,
  script: string,
  argument: string,
  what: string,
  signal: AbortSignal,
): Promise<Server | Socket> {
  signal.throwIfAborted();
  const enter = ['--target', `${pid}`, '--user', '--net', '--preserve-credentials', '--'];
  const child = spawn('nsenter', [...enter, process.execPath, '-e', script, '--', argument], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'json',
    cwd: '/',
    // Electron is told to be a node; PATH is where nsenter is.
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', ELECTRON_RUN_AS_NODE: '1' },
  });
  const abort = AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]);
  const kill = (): void => void child.kill('SIGKILL');
  abort.addEventListener('abort', kill, { once: true });
  try {
    const said = child.stderr === null ? '' : text(child.stderr);
    const handle = await receiveHandle(child);
    if (typeof handle !== 'string') return handle;
    signal.throwIfAborted();
    const stderr = (await said).trim();
    throw new WorkbenchError('PW-SANDBOX-NETWORK', `${what} can't be set up: ${handle || stderr}`, {
      nextStep: 'Check that nsenter (util-linux) works: nsenter --version',
      details: { stderr },
    });
  } finally {
    abort.removeEventListener('abort', kill);
    if (child.connected) child.disconnect();
  }
}

/** The handle, or why there is none. */
function receiveHandle(child: ChildProcess): Promise<Server | Socket | string> {
  return new Promise(resolve => {
    child.once('error', error => resolve(error.message));
    child.once('close', () => resolve(''));
    child.once('message', (message: unknown, handle: unknown) => {
      if (handle instanceof Server || handle instanceof Socket) resolve(handle);
      else resolve(String((message as { readonly error?: unknown }).error));
    });
  });
}
