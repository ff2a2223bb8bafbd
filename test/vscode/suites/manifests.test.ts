import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { picture } from './pictures.ts';
import { diagnosticOf, fileAt, noDiagnosticOf, openWorkbench, replaceText } from './workbench.ts';

const yaml = `name: tiny-executor
version: 1.0.0
description: Runs a tiny language.
author: Tests
license: MIT
supported_languages:
  - tiny
minimum_forgeai_version: 1.0.0
maximum_forgeai_version: 1.99.0
security_level: high
`;

/** Asks a provider until it answers something that fits; nothing announces that it is ready. */
async function ask<T>(
  fits: (answer: T) => boolean,
  command: string,
  ...args: readonly unknown[]
): Promise<T> {
  for (;;) {
    const answer = await vscode.commands.executeCommand<T>(command, ...args);
    if (answer !== undefined && answer !== null && fits(answer)) return answer;
    await new Promise(done => setTimeout(done, 50));
  }
}

/** Waits until a tab with a label is there. */
function tabOf(label: RegExp): Promise<vscode.Tab> {
  const find = () =>
    vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(tab => label.test(tab.label));
  return new Promise(resolve => {
    const look = (): void => {
      const found = find();
      if (found === undefined) return;
      changes.dispose();
      resolve(found);
    };
    const changes = vscode.window.tabGroups.onDidChangeTabs(look);
    look();
  });
}

const labelsOf = (list: vscode.CompletionList): string[] =>
  list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));

const textOf = (hovers: readonly vscode.Hover[]): string =>
  hovers
    .flatMap(({ contents }) => contents)
    .map(content => (typeof content === 'string' ? content : content.value))
    .join('\n');

suite('editing manifests', () => {
  let document: vscode.TextDocument;
  const folder = fileAt('tiny-executor');

  suiteSetup(async () => {
    await openWorkbench();
    const code = `exports.activate = context => {\n  context.commands.register('execute', () => 1);\n};\n`;
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, 'main.js'), Buffer.from(code));
    const manifest = vscode.Uri.joinPath(folder, 'plugin.yaml');
    await vscode.workspace.fs.writeFile(manifest, Buffer.from(yaml));
    document = await vscode.workspace.openTextDocument(manifest);
    await vscode.window.showTextDocument(document);
  });

  suiteTeardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });

  const positionOf = (text: string): vscode.Position => {
    const at = document.getText().indexOf(text);
    assert.ok(at >= 0, `${text} is not in the manifest`);
    return document.positionAt(at);
  };

  test('a YAML manifest is completed in its own words', async () => {
    const end = document.lineAt(document.lineCount - 1).range.end;
    const list = await ask<vscode.CompletionList>(
      ({ items }) => items.length > 0,
      'vscode.executeCompletionItemProvider',
      document.uri,
      end,
    );
    const labels = labelsOf(list);
    assert.ok(labels.includes('homepage'), labels.join(', '));
    assert.ok(!labels.includes('version'), 'a key that is there is offered again');
  });

  test('a misspelt key is marked where it stands, and one fix mends it', async () => {
    await replaceText(document, yaml.replace('security_level:', 'securty_level:'));
    const found = await diagnosticOf(document.uri, ({ range }) =>
      document.getText(range).includes('securty_level'),
    );
    const actions = await ask<vscode.CodeAction[]>(
      answer => answer.some(({ edit }) => edit !== undefined),
      'vscode.executeCodeActionProvider',
      document.uri,
      found.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    await picture('manifest-misspelt');
    const fix = actions.find(({ title, edit }) => edit !== undefined && /security_level/.test(title));
    assert.ok(fix?.edit, actions.map(({ title }) => title).join(', '));
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.match(document.getText(), /^security_level: high$/m);
    await noDiagnosticOf(document.uri, ({ range }) => document.getText(range).includes('securty_level'));
  });

  test('hover explains a field', async () => {
    const hovers = await ask<vscode.Hover[]>(
      answer => answer.length > 0,
      'vscode.executeHoverProvider',
      document.uri,
      positionOf('minimum_forgeai_version'),
    );
    assert.match(textOf(hovers), /ForgeAI/);
  });

  test('hover in a JSON manifest says what the sandbox makes of a grant', async () => {
    const hello = await vscode.workspace.openTextDocument(fileAt('hello-node/plugin.json'));
    const at = hello.positionAt(hello.getText().indexOf('"memory"') + 2);
    const hovers = await ask<vscode.Hover[]>(
      answer => answer.length > 0,
      'vscode.executeHoverProvider',
      hello.uri,
      at,
    );
    assert.match(textOf(hovers), /storage|stor/i);
  });

  test('permissions and review of a plugin open as rendered reports, from above its manifest', async () => {
    const manifest = fileAt('hello-node/plugin.json');
    const lenses = await ask<vscode.CodeLens[]>(
      answer => answer.some(({ command }) => command?.title.endsWith('Review')),
      'vscode.executeCodeLensProvider',
      manifest,
    );
    for (const [title, heading] of [
      ['Permissions', /^# Permissions of /],
      ['Review', /^# Review of .*[\s\S]*^## Source/m],
    ] as const) {
      const command = lenses.find(lens => lens.command?.title.endsWith(title))?.command;
      assert.ok(command, `no ${title} above the manifest`);
      await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
      const report = vscode.workspace.textDocuments.find(
        ({ uri }) => uri.scheme === 'plugin-workbench-report' && uri.path.startsWith(`/${title} of `),
      );
      assert.match(report?.getText() ?? '', heading);
      await tabOf(new RegExp(`${title} of `));
    }
  });

  test('a command leads from the manifest to the code that registers it', async () => {
    const hello = await vscode.workspace.openTextDocument(fileAt('hello-node/plugin.json'));
    const at = hello.positionAt(hello.getText().indexOf('"count"') + 2);
    const places = await ask<(vscode.Location | vscode.LocationLink)[]>(
      answer => answer.length > 0,
      'vscode.executeDefinitionProvider',
      hello.uri,
      at,
    );
    const files = places.map(place => ('uri' in place ? place.uri : place.targetUri).path);
    assert.ok(
      files.some(file => file.endsWith('/hello-node/index.js')),
      files.join(', '),
    );
  });

  test('renaming a command changes manifest and code together', async () => {
    const hello = await vscode.workspace.openTextDocument(fileAt('hello-node/plugin.json'));
    const at = hello.positionAt(hello.getText().indexOf('"greet"') + 2);
    const edit = await ask<vscode.WorkspaceEdit>(
      answer => answer.size > 0,
      'vscode.executeDocumentRenameProvider',
      hello.uri,
      at,
      'welcome',
    );
    const changed = edit.entries().map(([uri]) => uri.path.split('/').slice(-2).join('/'));
    assert.ok(changed.includes('hello-node/plugin.json'), changed.join(', '));
    assert.ok(changed.includes('hello-node/index.js'), changed.join(', '));
  });

  test('the outline and formatting of YAML keep comments', async () => {
    const symbols = await ask<vscode.DocumentSymbol[]>(
      answer => answer.length > 0,
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    assert.ok(symbols.some(({ name }) => name === 'supported_languages'));
    await replaceText(document, `# Kept.\n${yaml.replace('version: 1.0.0', 'version:    1.0.0')}`);
    const edits = await ask<vscode.TextEdit[]>(
      answer => answer.length > 0,
      'vscode.executeFormatDocumentProvider',
      document.uri,
      { tabSize: 2, insertSpaces: true },
    );
    const change = new vscode.WorkspaceEdit();
    change.set(document.uri, edits);
    assert.ok(await vscode.workspace.applyEdit(change));
    assert.match(document.getText(), /^# Kept\.$/m);
    assert.match(document.getText(), /^version: 1\.0\.0$/m);
  });
});
