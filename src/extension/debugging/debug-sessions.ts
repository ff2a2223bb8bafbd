import * as vscode from 'vscode';
import { type Disposable, DisposableStore, WorkbenchError } from '../../base/index.ts';
import type { PluginStatus } from '../../protocol/editor/index.ts';
import { isAlive, type PluginBoard } from '../plugins/plugin-board.ts';
import type { PluginRunner } from '../plugins/plugin-runner.ts';
import {
  type AttachConfiguration,
  attachConfiguration,
  isRestart,
  spareProcess,
} from './attach-configuration.ts';

/** Attaches VS Code's debugger to plugins that were started for it. */
export interface DebugSessions extends Disposable {
  /**
   * Starts the plugin in that folder under the debugger; one that runs is started anew.
   *
   * @throws WorkbenchError `PW-DEBUG-RUNTIME`, and what a start throws
   */
  debug(dir: string): Promise<PluginStatus>;
}

/** What debug sessions are made from. */
export interface DebugSessionsPorts {
  readonly board: PluginBoard;
  readonly runner: PluginRunner;
  /** Told what goes wrong while nobody waits. */
  report(error: unknown): void;
}

/**
 * A session lives as long as its plugin: the end of the one ends the other. A host that came back has another address,
 * and gets another session.
 */
export function createDebugSessions({ board, runner, report }: DebugSessionsPorts): DebugSessions {
  const held = new DisposableStore();
  const sessions = new Map<string, vscode.DebugSession>();
  /** Addresses somebody attaches to, or did. */
  const taken = new Set<string>();
  /** Address → the stop of the plugin whose session has ended. */
  const ending = new Map<string, Promise<void>>();

  const addressOf = ({ configuration }: vscode.DebugSession): string | undefined =>
    configuration['pluginWorkbench'] === undefined ? undefined : String(configuration['websocketAddress']);

  async function attach(status: PluginStatus): Promise<void> {
    const configuration = attachConfiguration(status);
    if (configuration === undefined || taken.has(configuration.websocketAddress)) return;
    taken.add(configuration.websocketAddress);
    const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(status.dir));
    const attached = await vscode.debug.startDebugging(
      folder,
      configuration as unknown as vscode.DebugConfiguration,
    );
    // Nothing of it would ever run.
    if (!attached) await runner.stop(status.pluginId);
  }

  function look(): void {
    const statuses = board.entries().flatMap(({ status }) => status ?? []);
    for (const status of statuses) if (isAlive(status.state)) void attach(status).catch(report);
    const open = new Set(statuses.filter(({ state }) => isAlive(state)).map(({ debug }) => debug?.url));
    for (const [address, session] of sessions) {
      if (!open.has(address)) void Promise.resolve(vscode.debug.stopDebugging(session)).catch(report);
    }
  }

  /** Ends the plugin of an address, for its session is over. */
  function endPlugin(address: string): void {
    const status = board.entries().find(entry => entry.status?.debug?.url === address)?.status;
    if (!status || !isAlive(status.state) || ending.has(address)) return;
    const stopping = runner.stop(status.pluginId);
    ending.set(address, stopping);
    stopping.catch(report);
  }

  /**
   * The Restart button has the debugger let go of the process and take hold of it again. A person wants the plugin to
   * begin anew: it is stopped, which ends this session, and started with another.
   */
  async function restart(session: vscode.DebugSession): Promise<void> {
    const address = addressOf(session);
    if (address === undefined || ending.has(address)) return;
    const over = whenOver(session);
    endPlugin(address);
    await ending.get(address);
    await vscode.debug.stopDebugging(session);
    // Or the window would have two sessions for a moment, and ask which one is meant from then on.
    await over;
    await debug(dirOf(session));
  }

  /** A debugger that can't do that starts another session for an address behind which nothing is any more. */
  async function startAnew(session: vscode.DebugSession, stopped: Promise<void>): Promise<void> {
    await vscode.debug.stopDebugging(session);
    await stopped;
    await debug(dirOf(session));
  }

  async function debug(dir: string): Promise<PluginStatus> {
    const folder = board.byDir(dir)?.folder;
    const runtime = folder?.loaded?.runtime;
    if (runtime !== undefined && runtime !== 'node') {
      throw new WorkbenchError(
        'PW-DEBUG-RUNTIME',
        `${folder?.name} is written for ${runtime}; plugins for Node.js (JavaScript and TypeScript) can be debugged.`,
        { nextStep: 'Run it without the debugger, and follow its log.' },
      );
    }
    return runner.start(dir, { debug: true });
  }

  const dirOf = ({ configuration }: vscode.DebugSession): string => {
    const { dir } = configuration['pluginWorkbench'] as AttachConfiguration['pluginWorkbench'];
    const here = board.entries().find(({ folder }) => folder.dir === dir || folder.realDir === dir);
    return here?.folder.dir ?? dir;
  };

  held.add(board.onDidChange(look));
  held.add(
    vscode.debug.onDidStartDebugSession(session => {
      const address = session.parentSession ? undefined : addressOf(session);
      if (address === undefined) return;
      const stopped = ending.get(address);
      if (stopped) return void startAnew(session, stopped).catch(report);
      sessions.set(address, session);
      look();
    }),
  );
  held.add(
    vscode.debug.onDidTerminateDebugSession(session => {
      const address = addressOf(session);
      if (address === undefined || sessions.get(address) !== session) return;
      sessions.delete(address);
      // It was started for this session.
      endPlugin(address);
    }),
  );
  held.add(
    vscode.debug.registerDebugAdapterTrackerFactory('*', {
      createDebugAdapterTracker: session => {
        const owner = ownerOf(session);
        if (owner === undefined) return undefined;
        return {
          onWillReceiveMessage: message => {
            spareProcess(message);
            if (isRestart(message)) restart(owner).catch(report);
          },
        };
      },
    }),
  );

  /** The session of the workbench that one belongs to. */
  function ownerOf(session: vscode.DebugSession): vscode.DebugSession | undefined {
    if (addressOf(session) !== undefined) return session;
    return session.parentSession && ownerOf(session.parentSession);
  }

  return {
    debug,
    dispose: () => held.dispose(),
  };
}

function whenOver(session: vscode.DebugSession): Promise<void> {
  return new Promise(resolve => {
    const listening = vscode.debug.onDidTerminateDebugSession(ended => {
      if (ended !== session) return;
      listening.dispose();
      resolve();
    });
  });
}
