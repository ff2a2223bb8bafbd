import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { picture } from './pictures.ts';
import { diagnosticOf, fileAt, noDiagnosticOf, openWorkbench, replaceText } from './workbench.ts';

const isError = ({ severity }: vscode.Diagnostic): boolean => severity === vscode.DiagnosticSeverity.Error;

suite('manifests and source', () => {
  let manifest: vscode.TextDocument;

  suiteSetup(async () => {
    await openWorkbench();
    manifest = await vscode.workspace.openTextDocument(fileAt('hello-node/plugin.json'));
    await vscode.window.showTextDocument(manifest);
  });

  teardown(async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  test('a comment is no error, a broken manifest is, at its place, until it is mended', async () => {
    const text = manifest.getText();
    assert.equal(manifest.languageId, 'jsonc');
    const version = text.indexOf('"version"');
    assert.ok(version > 0);
    await replaceText(
      manifest,
      text.replace(/"version"\s*:\s*"[^"]*"/, '// A comment.\n  "version": "not a version"'),
    );
    const broken = await diagnosticOf(manifest.uri, isError);
    assert.match(manifest.lineAt(broken.range.start.line).text, /not a version/);
    await replaceText(manifest, text);
    await noDiagnosticOf(manifest.uri, isError);
  });

  test('completion offers the fields of the manifest’s own system', async () => {
    const text = manifest.getText();
    const brace = text.indexOf('{') + 1;
    await replaceText(manifest, `${text.slice(0, brace)}\n  "",${text.slice(brace)}`);
    const inside = manifest.positionAt(brace + 4);
    // Nothing announces that a provider is ready, so it is asked until it answers.
    let labels: string[] = [];
    while (labels.length === 0) {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        manifest.uri,
        inside,
      );
      labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    }
    assert.ok(
      labels.some(label => /compatibility|keywords|homepage|ui|api/.test(label)),
      labels.join(', '),
    );
  });

  test('an eval( typed into the source is marked', async () => {
    const [file] = await vscode.workspace.findFiles('hello-node/**/*.{js,mjs,ts}', '**/node_modules/**', 1);
    assert.ok(file, 'hello-node has no source');
    const source = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(source);
    const isEval = ({ message, code }: vscode.Diagnostic): boolean =>
      /eval/i.test(message + JSON.stringify(code ?? ''));
    await replaceText(source, `${source.getText()}\nexport const answer = eval('6 * 7');\n`);
    const found = await diagnosticOf(source.uri, isEval);
    assert.match(source.lineAt(found.range.start.line).text, /eval\(/);
    const editor = vscode.window.activeTextEditor ?? assert.fail('no editor');
    editor.selection = new vscode.Selection(found.range.start, found.range.start);
    await vscode.commands.executeCommand('editor.action.marker.next');
    await vscode.commands.executeCommand('editor.action.marker.prev');
    await picture('eval-marked');
    await vscode.commands.executeCommand('closeMarkersNavigation');
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await noDiagnosticOf(source.uri, isEval);
  });
});
