import * as vscode from 'vscode';
import type { PluginBoard, PluginEntry } from '../plugins/plugin-board.ts';
import { pluginRow } from '../presentation/plugin-row.ts';
import { pluginOfFile } from '../views/context-keys.ts';

/** Which plugins a command is for, and what to say when there is none. */
export interface Choice {
  readonly fits: (entry: PluginEntry) => boolean;
  readonly placeHolder: string;
  readonly none: string;
}

/**
 * The plugin a command is about: the node or file it was called on, else the one of the file in front, else the only
 * one that fits, else the user's pick. `undefined` when there is none or the user left.
 */
export async function choosePlugin(
  board: PluginBoard,
  target: unknown,
  choice: Choice,
): Promise<PluginEntry | undefined> {
  const named = entryOf(board, target);
  if (named !== undefined) return named;
  const fitting = board.entries().filter(choice.fits);
  const front = vscode.window.activeTextEditor?.document.uri;
  const ofFront = front?.scheme === 'file' ? pluginOfFile(board, front.fsPath) : undefined;
  if (ofFront && choice.fits(ofFront)) return ofFront;
  if (fitting.length === 0) {
    void vscode.window.showInformationMessage(choice.none);
    return undefined;
  }
  if (fitting.length === 1) return fitting[0];
  const picked = await vscode.window.showQuickPick(
    fitting.map(entry => ({
      label: entry.folder.name,
      description: pluginRow(entry, false).description,
      detail: vscode.workspace.asRelativePath(entry.folder.dir),
      entry,
    })),
    { placeHolder: choice.placeHolder, matchOnDetail: true },
  );
  return picked?.entry;
}

function entryOf(board: PluginBoard, target: unknown): PluginEntry | undefined {
  if (target instanceof vscode.Uri) return pluginOfFile(board, target.fsPath);
  if (typeof target === 'string') return board.byDir(target) ?? board.byId(target);
  if (typeof target === 'object' && target !== null && 'dir' in target && typeof target.dir === 'string') {
    return board.byDir(target.dir);
  }
  return undefined;
}

/** The command a node stands for, when a command was called on one. */
export function methodOf(target: unknown): string | undefined {
  if (typeof target !== 'object' || target === null) return undefined;
  if ('method' in target && typeof target.method === 'string') return target.method;
  return 'row' in target ? methodOf(target.row) : undefined;
}
