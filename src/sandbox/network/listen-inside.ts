import { type ChildProcess, spawn } from 'node:child_process';
import { Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { WorkbenchError } from '../../base/index.ts';

/** Listens where it is started, hands the socket to whoever started it, and ends. */
const listenAndHandOver = `
  const server = require('node:net').createServer();
  const fail = error => process.send({ error: error.code || String(error) }, () => process.exit(1));
  server.on('error', fail);
  server.listen(Number(process.argv[1]), '127.0.0.1', () => {
    process.send({}, server, error => error ? fail(error) : process.exit(0));
  });
`;

/** Generous: a busy machine takes seconds to start a runtime. */
const DEADLINE_MS = 30_000;

/**
 * Listens on the loopback interface inside the network namespace of a process. Afterwards nothing of the workbench is
 * left in there: a socket belongs to the namespace it was made in, whoever serves it.
 *
 * @param pid a process launched with the network policy `entered`
 * @throws WorkbenchError `PW-SANDBOX-NETWORK`; the reason of `signal` when it is aborted
 */
export async function listenInside(pid: number, port: number, signal: AbortSignal): Promise<Server> {
  signal.throwIfAborted();
  const enter = ['--target', `${pid}`, '--user', '--net', '--preserve-credentials', '--'];
  const child = spawn('nsenter', [...enter, process.execPath, '-e', listenAndHandOver, '--', `${port}`], {
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
    const server = await receiveServer(child);
    if (server instanceof Server) return server;
    signal.throwIfAborted();
    const stderr = (await said).trim();
    throw new WorkbenchError(
      'PW-SANDBOX-NETWORK',
      `The plugin's proxy can't be set up: ${server || stderr}`,
      {
        nextStep: 'Check that nsenter (util-linux) works: nsenter --version',
        details: { stderr },
      },
    );
  } finally {
    abort.removeEventListener('abort', kill);
    if (child.connected) child.disconnect();
  }
}

/** The server, or why there is none. */
function receiveServer(child: ChildProcess): Promise<Server | string> {
  return new Promise(resolve => {
    child.once('error', error => resolve(error.message));
    child.once('close', () => resolve(''));
    child.once('message', (message: unknown, handle: unknown) => {
      if (handle instanceof Server) resolve(handle);
      else resolve(String((message as { readonly error?: unknown }).error));
    });
  });
}
