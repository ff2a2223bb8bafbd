import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PluginWorkbenchApi } from '../../../src/extension/extension.ts';
import type { TestReport } from '../../../src/protocol/editor/index.ts';
import { picture } from './pictures.ts';
import { diagnosticOf, eventually, fileAt, noDiagnosticOf, openWorkbench, replaceText } from './workbench.ts';

const folder = 'tested';

const manifest = {
  id: folder,
  name: 'Tested',
  version: '1.0.0',
  description: 'A plugin with tests.',
  author: 'The tests',
  main: 'index.mjs',
  minHostVersion: '1.0.0',
  requiredFeatures: [],
  permissions: {},
};

const code = `export const add = (a, b) => a + b;

export function activate() {}
`;

const tests = `import assert from 'node:assert/strict';
import test from 'node:test';
import { add } from './index.mjs';

test('adds', () => assert.equal(add(1, 2), 3));
test('adds more', () => {
  assert.equal(add(2, 2), 5);
});
`;

suite('testing a plugin', () => {
  let api: PluginWorkbenchApi;
  const file = fileAt(`${folder}/index.test.mjs`);
  const isOurs = ({ source }: vscode.Diagnostic): boolean => source === 'plugin-workbench-tests';

  suiteSetup(async () => {
    api = await openWorkbench();
    for (const [name, text] of [
      ['index.mjs', code],
      ['index.test.mjs', tests],
      ['plugin.json', JSON.stringify(manifest, undefined, 2)],
    ] as const) {
      await vscode.workspace.fs.writeFile(fileAt(`${folder}/${name}`), Buffer.from(text));
    }
    const listed = (): true | undefined =>
      api.plugins.list().some(({ dir, id }) => dir === fileAt(folder).fsPath && id !== undefined) ||
      undefined;
    await eventually(listed, api.plugins.onDidChange);
  });

  suiteTeardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(fileAt(folder), { recursive: true });
  });

  test('Test above the manifest runs them in the sandbox and marks a failure on its line, until it is mended', async () => {
    const opened = await vscode.workspace.openTextDocument(fileAt(`${folder}/plugin.json`));
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      opened.uri,
    );
    const command = lenses.find(({ command: offered }) => offered?.title.endsWith('Test'))?.command;
    assert.ok(command, 'no Test above the manifest');
    const run = (): Thenable<TestReport | undefined> =>
      vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));

    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    const report = await run();
    assert.deepEqual([report?.passed, report?.failed, report?.problem], [1, 1, undefined]);
    const failure = await diagnosticOf(file, isOurs);
    assert.match(failure.message, /^adds more: /);
    assert.match(document.lineAt(failure.range.start.line).text, /add\(2, 2\), 5/);
    await picture('test-failed');

    await replaceText(document, tests.replace('5);', '4);'));
    await document.save();
    const mended = await run();
    assert.deepEqual([mended?.passed, mended?.failed], [2, 0]);
    await noDiagnosticOf(file, isOurs);
  });
});
