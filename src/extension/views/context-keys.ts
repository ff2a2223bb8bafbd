import { sep } from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore } from '../../base/index.ts';
import { isAlive, type PluginBoard, type PluginEntry } from '../plugins/plugin-board.ts';
import { contextOf } from '../presentation/plugin-row.ts';

/** The plugin a file belongs to: the innermost folder that holds it. */
export function pluginOfFile(board: PluginBoard, file: string): PluginEntry | undefined {
  return board
    .entries()
    .filter(({ folder }) => file === folder.dir || file.startsWith(folder.dir + sep))
    .sort((a, b) => b.folder.dir.length - a.folder.dir.length)[0];
}

/**
 * Keeps the keys up to date that menus ask for: `pluginWorkbench.running` (something runs) and
 * `pluginWorkbench.activePlugin` (`idle`, `alive`, or empty: the plugin of the file in front).
 */
export function keepContextKeys(board: PluginBoard): vscode.Disposable {
  const held = new DisposableStore();
  const known = new Map<string, unknown>();

  function set(key: string, value: unknown): void {
    if (known.get(key) === value) return;
    known.set(key, value);
    void vscode.commands.executeCommand('setContext', `pluginWorkbench.${key}`, value);
  }

  function update(): void {
    set(
      'running',
      board.entries().some(({ status }) => isAlive(status?.state)),
    );
    const document = vscode.window.activeTextEditor?.document;
    const entry = document?.uri.scheme === 'file' ? pluginOfFile(board, document.uri.fsPath) : undefined;
    const context = entry && contextOf(entry);
    set('activePlugin', context === 'failed' ? 'idle' : context === 'invalid' ? '' : (context ?? ''));
  }

  held.add(board.onDidChange(update));
  held.add(vscode.window.onDidChangeActiveTextEditor(update));
  return { dispose: () => held.dispose() };
}
