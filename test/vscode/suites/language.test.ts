import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { picture } from './pictures.ts';
import { diagnosticOf, fileAt, noDiagnosticOf, openWorkbench, replaceText } from './workbench.ts';

const isError = ({ severity }: vscode.Diagnostic): boolean => severity === vscode.DiagnosticSeverity.Error;

/** Source in which a request decides what is run. */
const flows = [
  {
    file: 'hello-node/lib/listing.py',
    code: 'PW-PY-SHELL',
    text: "import os\nfrom flask import Flask, request\n\napp = Flask(__name__)\n\n\n@app.route('/')\ndef index():\n    folder = request.args.get('folder')\n    os.system('ls ' + folder)\n    return ''\n",
  },
  {
    file: 'hello-node/lib/listing.go',
    code: 'PW-GO-COMMAND',
    text: 'package lib\n\nimport (\n\t"net/http"\n\t"os/exec"\n)\n\nfunc index(w http.ResponseWriter, r *http.Request) {\n\tfolder := r.FormValue("folder")\n\t_ = exec.Command("sh", "-c", "ls "+folder).Run()\n}\n',
  },
] as const;

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
    await replaceText(source, `${source.getText()}\nexport const answer = text => eval(text);\n`);
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

  for (const { file, code, text } of flows) {
    test(`the way of data into a command is told in ${file}, and a line is switched off`, async () => {
      const uri = fileAt(file);
      await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
      try {
        const source = await vscode.workspace.openTextDocument(uri);
        const editor = await vscode.window.showTextDocument(source);
        const isCommand = (one: vscode.Diagnostic): boolean =>
          isError(one) && JSON.stringify(one.code).includes(code);
        const found = await diagnosticOf(uri, isCommand);
        const way = found.relatedInformation ?? [];
        assert.ok(way.length > 0, 'no way is told');
        for (const { location } of way) assert.equal(location.uri.toString(), uri.toString());
        assert.ok(way[0] && way[0].location.range.start.line <= found.range.start.line);
        editor.selection = new vscode.Selection(found.range.start, found.range.start);
        await vscode.commands.executeCommand('editor.action.marker.next');
        await vscode.commands.executeCommand('editor.action.marker.prev');
        await picture(`flow-${source.languageId}`);
        await vscode.commands.executeCommand('closeMarkersNavigation');
        const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
          'vscode.executeHoverProvider',
          uri,
          found.range.start,
        );
        const told = hovers.flatMap(({ contents }) =>
          contents.map(one => (typeof one === 'string' ? one : one.value)),
        );
        assert.ok(
          told.some(one => one.includes('CWE-78') && one.includes(`\`\`\`${source.languageId}`)),
          told.join('\n'),
        );
        const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
          'vscode.executeCodeActionProvider',
          uri,
          found.range,
        );
        const off = actions.find(({ title }) => title.includes(`Switch ${code}`));
        assert.ok(off?.edit, actions.map(({ title }) => title).join());
        assert.ok(await vscode.workspace.applyEdit(off.edit));
        await diagnosticOf(uri, one => JSON.stringify(one.code).includes('PW-SUPPRESSION-REASON'));
        await replaceText(source, source.getText().replace(/ -- ?\n/, ' -- only our own machines call it\n'));
        await noDiagnosticOf(uri, isCommand);
      } finally {
        await vscode.commands.executeCommand('workbench.action.files.revert');
        await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
        await vscode.workspace.fs.delete(uri);
      }
    });
  }
});
