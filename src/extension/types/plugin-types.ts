import * as vscode from 'vscode';
import type { Disposable } from '../../base/index.ts';
import { loadBackground } from '../load-background.ts';
import type { PluginBoard } from '../plugins/plugin-board.ts';

/** Gives the workspace's Node plugins the SDK's types, once each, and again when a plugin is new. */
export function keepPluginTypes(
  board: PluginBoard,
  sdkDir: string,
  log: vscode.LogOutputChannel,
): Disposable & { refresh(): void } {
  const done = new Set<string>();

  async function write(dir: string): Promise<void> {
    try {
      const { writeSdkPackage } = await loadBackground();
      const outcome = await writeSdkPackage(sdkDir, dir);
      if (outcome === 'written') log.info(`Wrote the types of the plugin SDK to ${dir}/node_modules.`);
      if (outcome === 'foreign')
        log.info(`${dir}/node_modules has a plugin-workbench of its own; left alone.`);
    } catch (error) {
      // A read-only folder is no reason to bother anyone: the plugin runs without the types.
      log.warn(`The types of the plugin SDK could not be written to ${dir}: ${error}`);
    }
  }

  function refresh(): void {
    if (!vscode.workspace.isTrusted) return;
    for (const { folder } of board.entries()) {
      if (done.has(folder.dir) || folder.loaded?.runtime !== 'node') continue;
      const settings = vscode.workspace.getConfiguration('pluginWorkbench', vscode.Uri.file(folder.dir));
      if (!settings.get<boolean>('types.write', true)) continue;
      done.add(folder.dir);
      void write(folder.dir);
    }
  }

  const subscription = board.onDidChange(dir => {
    if (dir === undefined) refresh();
  });
  return { dispose: () => subscription.dispose(), refresh };
}
