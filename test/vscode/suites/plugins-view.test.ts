import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { textsOf, waitFor } from '../driver.ts';
import { eventually, fileAt, openWorkbench, pluginIn } from './workbench.ts';

const rows = '.pane-body .monaco-list-row';

suite('the Plugins view', () => {
  test('lists the plugins of the workspace by name', async () => {
    const api = await openWorkbench();
    const hello = pluginIn(api, 'hello-node');
    assert.equal(hello.reason, undefined, 'its manifest is fine');
    await vscode.commands.executeCommand('pluginWorkbench.plugins.focus');
    // Not all that the list has now: what an earlier test made and took away may just be on its way out.
    const examples = ['hello-node', 'event-logger', 'text-processor', 'ui-extension', 'analytics/present'];
    for (const path of examples) {
      await waitFor(`${rows}:has-text(${JSON.stringify(pluginIn(api, path).name)})`);
    }
    const texts = await textsOf(rows);
    assert.equal(texts.length >= examples.length, true, texts.join('\n'));
  });

  test('follows a plugin that comes, breaks and goes; other programs’ plugin.json stay out', async () => {
    const api = await openWorkbench();
    const folder = fileAt('fresh-plugin');
    const manifest = vscode.Uri.joinPath(folder, 'plugin.json');
    const foreign = fileAt('node_modules/some-package/plugin.json');
    const text = Buffer.from(
      JSON.stringify({
        name: 'Fresh',
        version: '1.0.0',
        type: 'tool',
        description: 'Made by a test.',
        permissions: {},
        build: { entry: 'main.js' },
      }),
    );
    const find = () => api.plugins.list().find(({ dir }) => dir === folder.fsPath);
    try {
      await vscode.workspace.fs.writeFile(foreign, text);
      await vscode.workspace.fs.writeFile(
        vscode.Uri.joinPath(folder, 'main.js'),
        Buffer.from('export {};\n'),
      );
      await vscode.workspace.fs.writeFile(manifest, text);
      await eventually(() => (find()?.name === 'Fresh' ? true : undefined), api.plugins.onDidChange);

      await vscode.workspace.fs.writeFile(manifest, Buffer.from('{ "name": '));
      const broken = await eventually(
        () => (find()?.reason === undefined ? undefined : find()),
        api.plugins.onDidChange,
      );
      assert.ok(broken.description.includes(broken.reason ?? ''), broken.description);
      await assert.rejects(api.plugins.start(folder.fsPath), { code: 'PW-MANIFEST-INVALID' });

      assert.equal(
        api.plugins.list().some(({ dir }) => dir.includes('node_modules')),
        false,
      );
    } finally {
      await vscode.workspace.fs.delete(folder, { recursive: true });
      await vscode.workspace.fs.delete(fileAt('node_modules'), { recursive: true });
    }
    await eventually(() => (find() === undefined ? true : undefined), api.plugins.onDidChange);
  });
});
