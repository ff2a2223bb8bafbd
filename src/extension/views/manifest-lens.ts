import * as vscode from 'vscode';
import { DisposableStore } from '../../base/index.ts';
import { type CommandName, commandId } from '../contributions/index.ts';
import type { PluginBoard } from '../plugins/plugin-board.ts';
import { contextOf } from '../presentation/plugin-row.ts';

/** Offers Run, Debug, Stop, Reload, Test, Show Log, Permissions and Review above the first line of a plugin's manifest. */
export function createManifestLens(board: PluginBoard): vscode.Disposable & { refresh(): void } {
  const held = new DisposableStore();
  const changed = held.add(new vscode.EventEmitter<void>());
  const selector: vscode.DocumentSelector = [
    { scheme: 'file', pattern: '**/plugin.json' },
    { scheme: 'file', pattern: '**/plugin.{yaml,yml}' },
  ];
  let offered = '';

  held.add(
    vscode.languages.registerCodeLensProvider(selector, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: document => {
        const entry = board.entries().find(({ folder }) => folder.manifestFile === document.uri.fsPath);
        if (entry === undefined) return [];
        const lens = (title: string, name: CommandName): vscode.CodeLens =>
          new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), {
            title,
            command: commandId(name),
            arguments: [document.uri],
          });
        const context = contextOf(entry);
        const runtime = entry.folder.loaded?.runtime;
        return [
          ...(context === 'alive'
            ? [lens('$(debug-stop) Stop', 'stopPlugin'), lens('$(refresh) Reload', 'reloadPlugin')]
            : []),
          ...(context !== 'alive' && context !== 'invalid' && vscode.workspace.isTrusted
            ? [
                lens('$(play) Run', 'runPlugin'),
                ...(runtime === 'node' ? [lens('$(debug-alt) Debug', 'debugPlugin')] : []),
              ]
            : []),
          ...((runtime === 'node' || runtime === 'python') && vscode.workspace.isTrusted
            ? [lens('$(beaker) Test', 'testPlugin')]
            : []),
          ...(entry.status === undefined ? [] : [lens('$(output) Show Log', 'showLog')]),
          lens('$(shield) Permissions', 'showPermissions'),
          lens('$(checklist) Review', 'reviewPlugin'),
        ];
      },
    }),
  );

  function refresh(): void {
    // Usage changes every second, what a lens offers only now and then.
    const offers = JSON.stringify([
      vscode.workspace.isTrusted,
      ...board
        .entries()
        .map(entry => [
          entry.folder.dir,
          contextOf(entry),
          entry.folder.loaded?.runtime,
          entry.status === undefined,
        ]),
    ]);
    if (offers === offered) return;
    offered = offers;
    changed.fire();
  }
  held.add(board.onDidChange(refresh));
  return { dispose: () => held.dispose(), refresh };
}
