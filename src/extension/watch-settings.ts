import * as vscode from 'vscode';
import type { SettingName } from './contributions/index.ts';
import type { HostSupervisor } from './host/host-supervisor.ts';

/** Settings that the plugin host gets when it starts. */
const hostSettings: readonly SettingName[] = [
  'node.path',
  'python.path',
  'go.path',
  'cargo.path',
  'traceDenials',
  'trust',
  'unconfinedPlugins',
];

/** What has to hear of a changed setting. */
export interface SettingListeners {
  readonly supervisor: Pick<HostSupervisor, 'pid' | 'size'>;
  readonly tree: { refresh(): void };
  readonly types: { refresh(): void };
}

/** Makes changed settings count. The host gets its own when it starts, so a running one has to be replaced. */
export function watchSettings(listeners: SettingListeners, restartHost: () => void): vscode.Disposable {
  const { supervisor, tree, types } = listeners;
  return vscode.workspace.onDidChangeConfiguration(change => {
    if (change.affectsConfiguration('pluginWorkbench.types.write')) types.refresh();
    const forHost = hostSettings.some(name => change.affectsConfiguration(`pluginWorkbench.${name}`));
    if (!forHost) return;
    tree.refresh();
    if (supervisor.pid() === undefined) return;
    if (supervisor.size() === 0) return restartHost();
    const action = 'Restart Plugin Host';
    void vscode.window
      .showInformationMessage(
        'The setting counts once the plugin host is restarted; plugins keep their state.',
        action,
      )
      .then(chosen => {
        if (chosen === action) restartHost();
      });
  });
}
