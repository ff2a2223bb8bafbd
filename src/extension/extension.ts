import type * as vscode from 'vscode';
import type { PluginWorkbenchApi } from './api.ts';
import { createWorkbench, type Workbench } from './workbench.ts';

export type { PluginWorkbenchApi, WorkspacePlugin } from './api.ts';

// VS Code hands nothing to `deactivate`: this one variable is how it finds what `activate` made.
let workbench: Workbench | undefined;

/** Called by VS Code when the workspace has a manifest, or a command or the view is used. */
export function activate(context: vscode.ExtensionContext): PluginWorkbenchApi {
  workbench = createWorkbench(context);
  context.subscriptions.push(workbench);
  return workbench.api;
}

/** Called by VS Code before the window closes; it waits a few seconds for the promise. */
export async function deactivate(): Promise<void> {
  await workbench?.shutdown();
  workbench = undefined;
}
