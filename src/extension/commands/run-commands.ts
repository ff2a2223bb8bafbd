import * as vscode from 'vscode';
import type { PluginLogs } from '../output/plugin-logs.ts';
import { isAlive, type PluginBoard } from '../plugins/plugin-board.ts';
import type { PluginRunner } from '../plugins/plugin-runner.ts';
import type { FailureBoundary } from './boundary.ts';
import { type Choice, choosePlugin } from './choose-plugin.ts';

/** What the commands of this folder work on. */
export interface CommandParts {
  readonly board: PluginBoard;
  readonly runner: PluginRunner;
  readonly logs: PluginLogs;
  readonly log: vscode.LogOutputChannel;
}

/** Those that run: what Stop, Reload and Run Command are for. */
export const alive: Choice = {
  fits: ({ status }) => isAlive(status?.state),
  placeHolder: 'Choose a running plugin',
  none: 'No plugin is running.',
};

const idle: Choice = {
  fits: ({ folder, status }) => folder.loaded !== undefined && !isAlive(status?.state),
  placeHolder: 'Choose a plugin to run',
  none: 'There is no plugin here that could be started.',
};

const any: Choice = {
  fits: () => true,
  placeHolder: 'Choose a plugin',
  none: 'There is no plugin in this workspace.',
};

/** Run, stop, reload, and look at a plugin. Each takes a node of the view, a file's URI, a folder or an id. */
export function registerRunCommands(boundary: FailureBoundary, parts: CommandParts): vscode.Disposable[] {
  const { board, runner, logs } = parts;
  return [
    boundary.register('runPlugin', async target => {
      const entry = await choosePlugin(board, target, idle);
      if (entry === undefined) return undefined;
      return vscode.window.withProgress(
        { location: vscode.ProgressLocation.Window, title: `Starting ${entry.folder.name}` },
        () => runner.start(entry.folder.dir),
      );
    }),
    boundary.register('stopPlugin', async target => {
      const status = (await choosePlugin(board, target, alive))?.status;
      if (status !== undefined) await runner.stop(status.pluginId);
    }),
    boundary.register('disablePlugin', async target => {
      const status = (await choosePlugin(board, target, alive))?.status;
      return status && runner.disable(status.pluginId);
    }),
    boundary.register('stopAll', () => runner.stopAll()),
    boundary.register('reloadPlugin', async target => {
      const status = (await choosePlugin(board, target, alive))?.status;
      return status && runner.reload(status.pluginId);
    }),
    boundary.register('showLog', async target => {
      const entry = await choosePlugin(board, target, any);
      if (entry !== undefined) logs.channelOf(entry.folder.dir).show(true);
    }),
    boundary.register('openManifest', async target => {
      const entry = await choosePlugin(board, target, any);
      if (entry !== undefined)
        await vscode.window.showTextDocument(vscode.Uri.file(entry.folder.manifestFile));
    }),
  ];
}
