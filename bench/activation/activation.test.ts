/** Runs inside VS Code: reads from its own page of running extensions how long ours took to activate. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { textOf } from '../../test/vscode/driver.ts';

suite('activation', () => {
  test('VS Code says how long it took', async () => {
    const extension = vscode.extensions.getExtension('plugin-workbench.plugin-workbench');
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(extension && folder);
    await extension.activate();
    await vscode.commands.executeCommand('workbench.action.showRuntimeExtensions');
    const row = '.runtime-extensions-editor .extension:has-text("Plugin Workbench")';
    const text = await textOf(`${row} .activation-time:has-text("ms")`);
    const found = /(\d+(?:\.\d+)?)\s*ms/.exec(text);
    assert.ok(found, `no time in "${text}"`);
    writeFileSync(join(folder.uri.fsPath, 'activation.json'), JSON.stringify({ ms: Number(found[1]), text }));
  });
});
