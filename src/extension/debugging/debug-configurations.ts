import { isAbsolute, resolve } from 'node:path';
import * as vscode from 'vscode';
import { debugType } from '../contributions/index.ts';
import type { PluginBoard } from '../plugins/plugin-board.ts';
import { pluginOfFile } from '../views/context-keys.ts';

/** Makes launch.json and F5 work: a configuration names the folder of a plugin, or means the one of the file in front. */
export function registerDebugConfigurations(
  board: PluginBoard,
  debug: (target: unknown) => Thenable<unknown>,
): vscode.Disposable {
  return vscode.debug.registerDebugConfigurationProvider(debugType, {
    provideDebugConfigurations: folder =>
      board
        .entries()
        .filter(({ folder: { loaded, dir } }) => loaded?.runtime === 'node' && isIn(folder, dir))
        .map(({ folder: { name, dir } }) => ({
          type: debugType,
          request: 'launch',
          name: `Debug ${name}`,
          dir: vscode.workspace.asRelativePath(dir, false),
        })),
    resolveDebugConfiguration: (folder, configuration) => {
      const named: unknown = configuration['dir'];
      const front = vscode.window.activeTextEditor?.document.uri;
      const ofFront = front?.scheme === 'file' ? pluginOfFile(board, front.fsPath)?.folder.dir : undefined;
      const dir = typeof named === 'string' ? folderOf(named, folder) : ofFront;
      if (dir === undefined || board.byDir(dir)) void debug(dir);
      else void vscode.window.showErrorMessage(`There is no plugin of this workspace in ${dir}.`);
      // The session that attaches to the plugin is another one, of VS Code's own debugger.
      return undefined;
    },
  });
}

function isIn(folder: vscode.WorkspaceFolder | undefined, dir: string): boolean {
  return folder === undefined || vscode.workspace.getWorkspaceFolder(vscode.Uri.file(dir)) === folder;
}

/** The absolute folder that a configuration names. */
function folderOf(named: string, folder: vscode.WorkspaceFolder | undefined): string {
  const root = folder ?? vscode.workspace.workspaceFolders?.[0];
  const path = named.replaceAll(/\$\{workspaceFolder\}/g, root?.uri.fsPath ?? '');
  return isAbsolute(path) ? resolve(path) : resolve(root?.uri.fsPath ?? '/', path);
}
