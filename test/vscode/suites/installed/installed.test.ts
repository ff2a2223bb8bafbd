import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PluginWorkbenchApi, WorkspacePlugin } from '../../../../src/extension/extension.ts';

suite('the installed package', () => {
  let api: PluginWorkbenchApi;
  let plugin: WorkspacePlugin;

  suiteSetup(async () => {
    const extension = vscode.extensions.getExtension<PluginWorkbenchApi>('plugin-workbench.plugin-workbench');
    assert.ok(extension, 'the extension is not installed');
    assert.match(extension.extensionPath, /[\\/]extensions[\\/]plugin-workbench\.plugin-workbench-[\d.]+$/);
    api = await extension.activate();
    await api.ready;
    plugin =
      api.plugins.list().find(({ dir }) => dir.endsWith('hello-node')) ??
      assert.fail('hello-node is not listed');
  });

  test('runs a plugin in its sandbox, which answers, and stops it', async () => {
    const status = await api.plugins.start(plugin.dir, { approve: true });
    assert.equal(status.state, 'running');
    assert.equal(status.confinement?.level, 'sandboxed');
    const id = plugin.id ?? assert.fail('hello-node has no id');
    const first = await api.plugins.invoke(id, 'count', null);
    assert.notDeepEqual(await api.plugins.invoke(id, 'count', null), first);
    await api.plugins.stop(id);
    assert.notEqual(api.plugins.list().find(({ dir }) => dir === plugin.dir)?.status?.state, 'running');
  });

  test('brings its language server and grammars: eval is found as it is typed', async () => {
    const file = vscode.Uri.joinPath(vscode.Uri.file(plugin.dir), 'src', 'typed.js');
    await vscode.workspace.fs.writeFile(file, Buffer.from('export const run = text => eval(text);\n'));
    const found = new Promise<void>(resolve => {
      const look = (): void => {
        if (vscode.languages.getDiagnostics(file).some(({ range }) => range.start.character === 27)) {
          listening.dispose();
          resolve();
        }
      };
      const listening = vscode.languages.onDidChangeDiagnostics(look);
      look();
    });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file));
    await found;
  });
});
