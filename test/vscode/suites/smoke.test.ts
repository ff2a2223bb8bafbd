import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { screenshot, textsOf, waitFor } from '../driver.ts';

suite('the window', () => {
  test('shows the workspace', async () => {
    const workspace = vscode.workspace.workspaceFolders?.[0];
    assert.ok(workspace, 'no folder is open');
    const file = vscode.Uri.joinPath(workspace.uri, 'written-by-a-test.txt');
    await vscode.workspace.fs.writeFile(file, Buffer.from('hello'));
    await vscode.commands.executeCommand('workbench.view.explorer');
    await waitFor('.explorer-viewlet .monaco-list-row:has-text("written-by-a-test.txt")');
    const titles = await textsOf('.explorer-viewlet .pane-header .title');
    assert.ok(
      titles.some(title => /examples/i.test(title)),
      `the explorer shows ${titles.join(', ')}`,
    );
    await screenshot('window');
    await vscode.workspace.fs.delete(file);
  });

  test('has the extension, and it activates', async () => {
    const extension = vscode.extensions.getExtension('plugin-workbench.plugin-workbench');
    assert.ok(extension, 'the extension is not there');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
