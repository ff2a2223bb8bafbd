import * as vscode from 'vscode';
import { screenshot, waitFor } from '../driver.ts';

/** The themes a picture is taken in: its suffix, the theme, and the class VS Code then gives the window. */
const themes = [
  { suffix: 'light', theme: 'Light Modern', window: '.monaco-workbench.vs' },
  { suffix: 'dark', theme: 'Dark Modern', window: '.monaco-workbench.vs-dark' },
] as const;

/** Takes a picture of the window in a light and in a dark theme: `<name>-light.png`, `<name>-dark.png`. */
export async function picture(name: string): Promise<void> {
  const settings = vscode.workspace.getConfiguration('workbench');
  for (const { suffix, theme, window } of themes) {
    await settings.update('colorTheme', theme, vscode.ConfigurationTarget.Workspace);
    await waitFor(window);
    await screenshot(`${name}-${suffix}`);
  }
  await settings.update('colorTheme', undefined, vscode.ConfigurationTarget.Workspace);
}
