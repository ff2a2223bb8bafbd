import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { screenshot, waitFor } from '../../driver.ts';
import { diagnosticOf, fileAt, openWorkbench, pluginIn, replaceText } from '../workbench.ts';

suite('an untrusted workspace', () => {
  test('manifests are checked', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    await openWorkbench();
    const manifest = await vscode.workspace.openTextDocument(fileAt('hello-node/plugin.json'));
    await vscode.window.showTextDocument(manifest);
    await replaceText(
      manifest,
      manifest.getText().replace(/"version"\s*:\s*"[^"]*"/, '"version": "not a version"'),
    );
    await diagnosticOf(manifest.uri, ({ severity }) => severity === vscode.DiagnosticSeverity.Error);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  test('nothing runs, nothing is written, and the view says why', async () => {
    const api = await openWorkbench();
    const hello = pluginIn(api, 'hello-node');
    await assert.rejects(api.plugins.start(hello.dir), { code: 'PW-WORKSPACE-UNTRUSTED' });
    assert.equal(api.hostPid(), undefined);
    await assert.rejects(
      Promise.resolve(vscode.workspace.fs.stat(fileAt('hello-node/node_modules/plugin-workbench'))),
    );
    await vscode.commands.executeCommand('pluginWorkbench.plugins.focus');
    await waitFor('.pane-body :text("no plugin runs until you trust")');
    await screenshot('untrusted');
  });
});
