import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { messageOf, WorkbenchError } from '../../base/index.ts';
import {
  EDITOR_PROTOCOL_VERSION,
  type FrontEndAnswer,
  type FrontEndQuestion,
  type InitializeHostParams,
} from '../../protocol/editor/index.ts';
import type { HostConnection, HostEnd } from './host-connection.ts';
import { createRpcClient } from './rpc-client.ts';

/** What it takes to start a debug host. */
export interface LaunchHostOptions {
  /** A node, or an Electron that is told to be one. */
  readonly execPath: string;
  /** Absolute path of the host's bundle. */
  readonly script: string;
  readonly initialize: Omit<InitializeHostParams, 'protocolVersion'>;
  /** Told each line of the host's stderr and each oddity on the connection. */
  readonly log: (line: string) => void;
  /** Does what plugins want of the editor. */
  readonly answer?: (question: FrontEndQuestion) => Promise<FrontEndAnswer>;
}

/** Generous: a cold, busy machine takes seconds to load a bundle. */
const initializeDeadlineMs = 30_000;
const lastWordsLines = 20;

/**
 * Starts a host process and shakes hands with it over stdin and stdout.
 *
 * @throws WorkbenchError `PW-HOST-START` when it ends or does not answer; nothing is left running then.
 */
export async function launchHost(options: LaunchHostOptions): Promise<HostConnection> {
  const child = spawn(options.execPath, [options.script], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: hostEnvironment(process.env),
    windowsHide: true,
  });
  const lastWords: string[] = [];
  createInterface({ input: child.stderr }).on('line', line => {
    options.log(line);
    lastWords.push(line);
    if (lastWords.length > lastWordsLines) lastWords.shift();
  });
  // A host that died leaves a broken pipe; `ended` tells about it.
  child.stdin.on('error', () => {});
  const ended = whenEnded(child, lastWords);
  const rpc = createRpcClient(child.stdout, child.stdin, options.log, options.answer);
  void ended.then(() => rpc.dispose());

  try {
    await rpc.call(
      'initialize',
      { protocolVersion: EDITOR_PROTOCOL_VERSION, ...options.initialize },
      AbortSignal.timeout(initializeDeadlineMs),
    );
  } catch (error) {
    child.kill('SIGKILL');
    const { reason, lastWords: words } = await ended;
    throw new WorkbenchError('PW-HOST-START', `The plugin host did not start (${reason}).`, {
      nextStep: 'Look at the “Plugin Workbench” output for what it said.',
      details: { lastWords: words, error: messageOf(error) },
      cause: error,
    });
  }

  return {
    pid: child.pid ?? 0,
    onEvent: rpc.onEvent,
    ended,
    start: (params, signal) => rpc.call('start', params, signal),
    stop: async (pluginId, force = false) => void (await rpc.call('stop', { pluginId, force })),
    call: rpc.call,
    reload: pluginId => rpc.call('reload', { pluginId }),
    list: () => rpc.call('list', {}),
    invoke: async (params, signal) => (await rpc.call('invoke', params, signal)).value,
    shutdown: async deadlineMs => {
      const timer = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
      try {
        // The answer may get lost as the host goes away: its end is what counts.
        await rpc.call('shutdown', {}).catch(() => {});
        child.stdin.end();
        await ended;
      } finally {
        clearTimeout(timer);
      }
    },
    dispose: () => {
      rpc.dispose();
      child.kill('SIGKILL');
    },
  };
}

/** The host needs PATH and HOME to find runtimes, but nothing that turns it into an editor window or a debuggee. */
function hostEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(
    ([name]) =>
      !name.startsWith('VSCODE_') && name !== 'NODE_OPTIONS' && name !== 'ELECTRON_NO_ATTACH_CONSOLE',
  );
  return { ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: '1' };
}

function whenEnded(child: ChildProcess, lastWords: readonly string[]): Promise<HostEnd> {
  return new Promise(resolve => {
    let reason: string | undefined;
    const finish = (): void =>
      resolve({ reason: reason ?? 'it could not be started', lastWords: lastWords.join('\n') });
    child.once('error', error => {
      reason = error.message;
      // A process that never came to be sends no `close`.
      if (child.pid === undefined) finish();
    });
    child.once('exit', (code, signal) => {
      reason = signal === null ? `exit code ${code}` : `signal ${signal}`;
    });
    child.once('close', finish);
  });
}
