import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from '../bare/root.mjs';
import { runCommand } from '../bare/run-command.mjs';

const hasDisplay = (): boolean =>
  process.platform !== 'linux' ||
  Boolean(process.env['DISPLAY'] ?? '') ||
  Boolean(process.env['WAYLAND_DISPLAY'] ?? '');

/** Absolute path of the desktop VS Code's `code` command; undefined without one, or without a display for it. */
export function findDesktop(): string | undefined {
  // VS Code's own terminals over a remote connection have a `code` that has no window to open here.
  if (!hasDisplay() || process.env['VSCODE_IPC_HOOK_CLI'] !== undefined) return undefined;
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(folder => folder !== '');
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  return folders.map(folder => join(folder, name)).find(path => existsSync(path));
}

/** Opens a window of it with this repository as an extension under development. */
export async function openDesktop(code: string, folder: string): Promise<void> {
  const { code: exitCode } = await runCommand(code, [`--extensionDevelopmentPath=${root}`, folder]);
  if (exitCode !== 0) throw new Error(`${code} ended with ${exitCode}.`);
  console.log('Plugin Workbench is open in a window of VS Code.');
}
