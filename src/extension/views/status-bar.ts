import * as vscode from 'vscode';
import { DisposableStore } from '../../base/index.ts';
import { pluginsView } from '../contributions/index.ts';
import type { PluginBoard } from '../plugins/plugin-board.ts';
import { statusText } from '../presentation/status-text.ts';

/** Says in the status bar how many plugins run and what memory they use; a click opens the Plugins view. */
export function createStatusBar(board: PluginBoard): vscode.Disposable {
  const held = new DisposableStore();
  const item = held.add(
    vscode.window.createStatusBarItem('pluginWorkbench.running', vscode.StatusBarAlignment.Left),
  );
  item.name = 'Running Plugins';
  item.command = `${pluginsView}.focus`;
  held.add(
    board.onDidChange(() => {
      const status = statusText(board.entries());
      if (status === undefined) return item.hide();
      item.text = status.text;
      item.tooltip = status.tooltip;
      item.backgroundColor = status.warning
        ? new vscode.ThemeColor('statusBarItem.warningBackground')
        : undefined;
      item.show();
    }),
  );
  return { dispose: () => held.dispose() };
}
