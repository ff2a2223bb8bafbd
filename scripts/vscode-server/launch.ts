import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { VscodeServer } from './install.ts';

/** How the server is to run. */
export interface LaunchOptions {
  /** Where it keeps everything: settings in data/, installed extensions in extensions/. */
  readonly dataDir: string;
  /** Loopback port. Default: a free one. */
  readonly port?: number | undefined;
  /** What every request must carry. Without one, any user of this machine can use the server. */
  readonly token?: string | undefined;
  /** Reads the development and test payload from the window's address, and trusts every workspace on request. */
  readonly smokeTest?: { readonly trustWorkspaces: boolean } | undefined;
  readonly env?: Readonly<Record<string, string>>;
}

/** A server that answers. */
export interface RunningServer {
  /** `127.0.0.1:<port>`, as it stands in `vscode-remote://` addresses. */
  readonly authority: string;
  /** Everything it has printed so far. */
  log(): string;
  /** Settles when the server has ended, by itself or stopped. */
  readonly ended: Promise<void>;
  /** Ends the server and every process it started. */
  stop(): Promise<void>;
}

/** Where extensions are installed, given the data folder. */
export const extensionsDirIn = (dataDir: string): string => join(dataDir, 'extensions');

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

function argumentsOf(server: VscodeServer, port: number, options: LaunchOptions): string[] {
  const smokeTest = options.smokeTest;
  return [
    server.serverMain,
    ...['--host', '127.0.0.1', '--port', String(port)],
    ...(options.token === undefined ? ['--without-connection-token'] : ['--connection-token', options.token]),
    '--accept-server-license-terms',
    ...['--server-data-dir', options.dataDir, '--user-data-dir', join(options.dataDir, 'data')],
    ...['--extensions-dir', extensionsDirIn(options.dataDir)],
    '--disable-telemetry',
    '--disable-experiments',
    ...(smokeTest === undefined ? [] : ['--enable-smoke-test-driver']),
    ...(smokeTest?.trustWorkspaces === true ? ['--disable-workspace-trust'] : []),
  ];
}

/** Signals the whole process group; says whether there was one. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): boolean {
  if (child.pid === undefined) return false;
  try {
    return process.kill(-child.pid, signal);
  } catch {
    return false;
  }
}

async function stopGroup(child: ChildProcess, ended: Promise<void>): Promise<void> {
  signalGroup(child, 'SIGTERM');
  const deadline = setTimeout(() => signalGroup(child, 'SIGKILL'), 5000);
  await ended;
  clearTimeout(deadline);
  // Its extension hosts and terminals share the group and may outlive it.
  signalGroup(child, 'SIGKILL');
}

/**
 * Starts the server on loopback and waits until it answers. Rejects with what it printed when it ends before.
 */
export async function launchVscodeServer(
  server: VscodeServer,
  options: LaunchOptions,
): Promise<RunningServer> {
  const port = options.port ?? (await freePort());
  const child = spawn(server.node, argumentsOf(server, port, options), {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
  });
  let printed = '';
  const ended = new Promise<void>(resolve => {
    child.once('error', error => {
      printed += error.message;
      resolve();
    });
    child.once('exit', () => resolve());
  });
  const answers = new Promise<true>(resolve => {
    const read = (chunk: string): void => {
      printed += chunk;
      if (printed.includes('Extension host agent listening')) resolve(true);
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
  });
  if ((await Promise.race([answers, ended])) !== true) {
    throw new Error(`VS Code's server did not start on port ${port}:\n${printed}`);
  }
  return { authority: `127.0.0.1:${port}`, log: () => printed, ended, stop: () => stopGroup(child, ended) };
}
