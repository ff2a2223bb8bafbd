import * as vscode from 'vscode';
import { type SettingName, settings } from './contributions/index.ts';

/** The user's settings, read when asked. */
export interface WorkbenchSettings {
  /** `undefined` when the user left the choice to the workbench. */
  nodePath(): string | undefined;
  unconfinedPlugins(): readonly string[];
  reloadOnSave(): boolean;
}

export function readSettings(): WorkbenchSettings {
  const section = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('pluginWorkbench');

  /** What the user set, never a workspace: these decide what runs, and with which rights. */
  function fromUser(name: SettingName): unknown {
    return section().inspect(name)?.globalValue ?? settings[name].default;
  }

  return {
    nodePath: () => {
      const path = fromUser('node.path');
      return typeof path === 'string' && path.trim() !== '' ? path.trim() : undefined;
    },
    unconfinedPlugins: () => {
      const ids = fromUser('unconfinedPlugins');
      return Array.isArray(ids) ? ids.filter(id => typeof id === 'string') : [];
    },
    reloadOnSave: () => section().get<boolean>('reloadOnSave', settings.reloadOnSave.default),
  };
}
