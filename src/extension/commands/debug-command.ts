import * as vscode from 'vscode';
import type { DebugSessions } from '../debugging/debug-sessions.ts';
import type { PluginBoard } from '../plugins/plugin-board.ts';
import type { FailureBoundary } from './boundary.ts';
import { type Choice, choosePlugin } from './choose-plugin.ts';

const debuggable: Choice = {
  fits: ({ folder }) => folder.loaded?.runtime === 'node',
  placeHolder: 'Choose a plugin to debug',
  none: 'There is no plugin here that could be debugged: that can be done with plugins for Node.js.',
};

/** Debug a plugin: start it in its sandbox, with VS Code's debugger attached. */
export function registerDebugCommand(
  boundary: FailureBoundary,
  { board, sessions }: { readonly board: PluginBoard; readonly sessions: DebugSessions },
): vscode.Disposable {
  return boundary.register('debugPlugin', async target => {
    const entry = await choosePlugin(board, target, debuggable);
    if (entry === undefined) return undefined;
    return vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: `Debugging ${entry.folder.name}` },
      () => sessions.debug(entry.folder.dir),
    );
  });
}
