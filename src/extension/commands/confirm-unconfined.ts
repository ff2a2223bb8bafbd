import * as vscode from 'vscode';
import type { PluginEntry } from '../plugins/plugin-board.ts';

/** Asks before a plugin runs without a sandbox; the setting alone is too easily forgotten. */
export async function confirmUnconfined({ folder }: PluginEntry): Promise<boolean> {
  const run = 'Run Without Sandbox';
  const chosen = await vscode.window.showWarningMessage(
    `Run ${folder.name} without a sandbox?`,
    {
      modal: true,
      detail: `Your setting “pluginWorkbench.unconfinedPlugins” names it. It will run with all the rights you have: every file, the network, every program.\n\n${folder.dir}`,
    },
    run,
  );
  return chosen === run;
}
