/** Runs inside VS Code: reads from its own page of running extensions how long ours took to activate. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { click, press, textOf, textsOf, waitFor } from '../../test/vscode/driver.ts';

const id = 'plugin-workbench.plugin-workbench';
const rows = '.runtime-extensions-editor .extension';
const isOurs = `:is(.name:text-is("${id}"), .name:text-is("Plugin Workbench"))`;

suite('activation', () => {
  test('VS Code says how long it took', async () => {
    const extension = vscode.extensions.getExtension(id);
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(extension && folder);
    await extension.activate();
    await vscode.commands.executeCommand('workbench.action.showRuntimeExtensions');
    await waitFor(rows);
    // Only the rows in view are there.
    await click(`${rows} .name`);
    for (let page = 0; (await textsOf(`${rows} ${isOurs}`)).length === 0; page++) {
      assert.ok(page < 50, `not among ${await textsOf(`${rows} .name`)}`);
      await press('PageDown');
    }
    const text = await textOf(`${rows}:has(${isOurs}) .activation-time:has-text("ms")`);
    const found = /(\d+(?:\.\d+)?)\s*ms/.exec(text);
    assert.ok(found, `no time in "${text}"`);
    writeFileSync(join(folder.uri.fsPath, 'activation.json'), JSON.stringify({ ms: Number(found[1]), text }));
  });
});
