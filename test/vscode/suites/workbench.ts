import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PluginWorkbenchApi, WorkspacePlugin } from '../../../src/extension/extension.ts';

import { click } from '../driver.ts';

/** The extension's API, after its first look at the workspace. */
export async function openWorkbench(): Promise<PluginWorkbenchApi> {
  const extension = vscode.extensions.getExtension<PluginWorkbenchApi>('plugin-workbench.plugin-workbench');
  assert.ok(extension, 'the extension is not there');
  const api = await extension.activate();
  await api.ready;
  return api;
}

/** A file of the workspace. */
export function fileAt(path: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no folder is open');
  return vscode.Uri.joinPath(folder.uri, path);
}

/** The plugin in that folder of the workspace; fails when it is not listed. */
export function pluginIn(api: PluginWorkbenchApi, path: string): WorkspacePlugin {
  const { fsPath } = fileAt(path);
  const plugin = api.plugins.list().find(({ dir }) => dir === fsPath);
  assert.ok(plugin, `${path} is not among ${api.plugins.list().map(({ dir }) => dir)}`);
  return plugin;
}

/** Subscribes to whatever may make a condition true. */
export type Subscribe = (listener: () => void) => { dispose(): unknown };

/** Resolves with the first value of `probe` that is not undefined, asked now and after each event. */
export function eventually<T>(probe: () => T | undefined, ...events: readonly Subscribe[]): Promise<T> {
  return new Promise((resolve, reject) => {
    const subscriptions = events.map(subscribe => subscribe(look));
    look();
    function look(): void {
      try {
        const value = probe();
        if (value === undefined) return;
        resolve(value);
      } catch (error) {
        reject(error);
      }
      queueMicrotask(() => {
        for (const subscription of subscriptions) subscription.dispose();
      });
    }
  });
}

/** How long a click may take to show its effect before it is done again, in milliseconds. */
const CLICK_MS = 10_000;

/** Clicks, and clicks again while that has no effect, at most three times. */
export async function clickUntil(
  selector: string,
  happened: () => boolean,
  ...events: readonly Subscribe[]
): Promise<void> {
  for (let tries = 0; tries < 3 && !happened(); tries++) {
    await click(selector);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise(resolve => {
      timer = setTimeout(resolve, CLICK_MS);
    });
    await Promise.race([late, eventually(() => (happened() ? true : undefined), ...events)]);
    clearTimeout(timer);
  }
  assert.ok(happened(), `clicking ${selector} had no effect`);
}

/** Waits for the first diagnostic of a file that fits. */
export function diagnosticOf(
  uri: vscode.Uri,
  fits: (diagnostic: vscode.Diagnostic) => boolean,
): Promise<vscode.Diagnostic> {
  return eventually(
    () => vscode.languages.getDiagnostics(uri).find(fits),
    listener => vscode.languages.onDidChangeDiagnostics(listener),
  );
}

/** Waits until no diagnostic of a file fits. */
export function noDiagnosticOf(
  uri: vscode.Uri,
  fits: (diagnostic: vscode.Diagnostic) => boolean,
): Promise<true> {
  return eventually(
    () => (vscode.languages.getDiagnostics(uri).some(fits) ? undefined : true),
    listener => vscode.languages.onDidChangeDiagnostics(listener),
  );
}

/** Replaces the whole text of a document, as typing would. */
export async function replaceText(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const everything = new vscode.Range(0, 0, document.lineCount, 0);
  edit.replace(document.uri, document.validateRange(everything), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** True while there is a process of that id. */
export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The first number in an answer. */
export function numberIn(answer: unknown): number {
  const [digits] = /\d+/.exec(JSON.stringify(answer)) ?? [];
  assert.ok(digits !== undefined, `no number in ${JSON.stringify(answer)}`);
  return Number(digits);
}
