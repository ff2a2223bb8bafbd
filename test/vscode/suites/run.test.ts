import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PluginWorkbenchApi, WorkspacePlugin } from '../../../src/extension/extension.ts';
import { click, press, waitFor } from '../driver.ts';
import { processesOf } from '../harness/processes.ts';
import { picture } from './pictures.ts';
import {
  clickUntil,
  diagnosticOf,
  eventually,
  fileAt,
  noDiagnosticOf,
  numberIn,
  openWorkbench,
  pluginIn,
  processExists,
  replaceText,
} from './workbench.ts';

const hello = 'hello-node';

suite('running a plugin', () => {
  let api: PluginWorkbenchApi;
  let id: string;

  const plugin = (): WorkspacePlugin => pluginIn(api, hello);
  const whenPlugin = (fits: (plugin: WorkspacePlugin) => boolean): Promise<WorkspacePlugin> =>
    eventually(() => (fits(plugin()) ? plugin() : undefined), api.plugins.onDidChange);
  const count = async (): Promise<number> => numberIn(await api.plugins.invoke(id, 'count', null));

  suiteSetup(async () => {
    api = await openWorkbench();
    id = plugin().id ?? assert.fail('hello-node can’t be loaded');
  });

  suiteTeardown(async () => {
    if (plugin().status?.state === 'running') await api.plugins.stop(id);
  });

  test('▶ in the view asks what it may do, starts it in its sandbox, and the view shows what it uses', async () => {
    await vscode.commands.executeCommand('pluginWorkbench.plugins.focus');
    const row = `.monaco-list-row:has-text(${JSON.stringify(plugin().name)})`;
    await click(row);
    const asked: string[] = [];
    const answering = answerDialogs(text => {
      assert.equal(plugin().status?.pid, undefined, 'it ran before anybody allowed it');
      asked.push(text);
      return 'Allow';
    });
    try {
      // VS Code draws a row anew whenever the list changes; a click that falls into that moment is lost, and a person
      // clicks again.
      await clickUntil(
        `${row} .action-label.codicon-play`,
        () => plugin().status !== undefined,
        api.plugins.onDidChange,
      );
    } finally {
      answering.dispose();
    }
    assert.equal(asked.length, 1);
    assert.match(asked[0] ?? '', /^Allow Hello Node .*LOW RISK\n.*• Store data of its own/s);
    const running = await whenPlugin(({ status }) => status?.state === 'running');
    assert.equal(running.status?.confinement?.level, 'sandboxed');
    const { usage } = await whenPlugin(({ usage }) => usage !== undefined);
    assert.ok(usage && usage.memory.used > 0 && usage.memory.limit > usage.memory.used);
    assert.match(plugin().description, /^running · [\d.]+ MB · [\d.]+ % · \d/);
    await waitFor(`${row}:has-text("running · ")`);
    await openSource();
    await vscode.commands.executeCommand('pluginWorkbench.showLog', vscode.Uri.file(plugin().dir));
    await count();
    await waitFor('.part.panel .view-line:has-text("Counted")', 'visible', 15_000);
    await picture('plugin-running');
  });

  test('its command answers in the API and through the palette', async () => {
    const before = await count();
    const answer = vscode.commands.executeCommand('pluginWorkbench.invokeCommand', {
      dir: plugin().dir,
      method: 'count',
    });
    await waitFor('.quick-input-widget input');
    await press('Enter');
    assert.equal(numberIn(await answer), before + 1);
    await assert.rejects(api.plugins.invoke(id, 'no-such-command', null), { code: 'PW-COMMAND-UNKNOWN' });
  });

  test('saving its source reloads it, and its counter goes on', async () => {
    const before = await count();
    const source = await openSource();
    const generation = plugin().status?.generation ?? 0;
    await replaceText(source, `${source.getText()}\n// Saved by a test.\n`);
    await source.save();
    await whenPlugin(({ status }) => status?.state === 'running' && status.generation > generation);
    assert.equal(await count(), before + 1);
  });

  test('a source that can’t be loaded is marked on its line, while the old code serves on', async () => {
    const before = await count();
    const source = await openSource();
    const good = source.getText();
    const isOurs = ({ source: owner }: vscode.Diagnostic): boolean => owner === 'plugin-workbench-host';
    const { pid, generation } = plugin().status ?? assert.fail('it does not run');
    await replaceText(source, `${good}\nthrow new Error('broken by a test');\n`);
    await source.save();
    const problem = await diagnosticOf(source.uri, isOurs);
    assert.match(problem.message, /broken by a test/);
    assert.match(source.lineAt(problem.range.start.line).text, /throw new Error/);
    assert.equal(plugin().status?.pid, pid);
    assert.equal(await count(), before + 1);
    await vscode.commands.executeCommand('workbench.actions.view.problems');
    await waitFor('.markers-panel :text("broken by a test")');
    await picture('reload-failed');

    await replaceText(source, good);
    await source.save();
    await noDiagnosticOf(source.uri, isOurs);
    await whenPlugin(({ status }) => status?.state === 'running' && status.generation > generation);
    assert.equal(await count(), before + 2);
  });

  test('the SDK’s types are in the plugin’s folder, without an install', async () => {
    const types = fileAt(`${hello}/node_modules/plugin-workbench/index.d.ts`);
    assert.ok((await vscode.workspace.fs.stat(types)).size > 0);
  });

  test('a host that dies comes back, with the plugin and its state', async () => {
    const before = await count();
    const host = api.hostPid() ?? assert.fail('no host');
    // The state is saved half a second after the call; three readouts later that is done.
    for (let readouts = 0; readouts < 3; readouts++) {
      const seen = plugin().usage?.timestamp;
      await whenPlugin(({ usage }) => usage !== undefined && usage.timestamp !== seen);
    }
    process.kill(host, 'SIGKILL');
    await whenPlugin(
      ({ status }) => status?.state === 'running' && status.pid !== undefined && api.hostPid() !== host,
    );
    assert.equal(processExists(host), false);
    assert.equal(await count(), before + 1);
  });

  test('Stop leaves nothing behind', async () => {
    const { dir, status } = plugin();
    const pid = status?.pid ?? assert.fail('it does not run');
    await vscode.commands.executeCommand('pluginWorkbench.stopPlugin', vscode.Uri.file(dir));
    assert.equal(plugin().status?.state, 'stopped');
    assert.equal(plugin().usage, undefined);
    assert.equal(processExists(pid), false);
    assert.deepEqual(processesOf(dir), []);
    assert.match(plugin().description, /^stopped/);
  });

  /** Answers modal questions: VS Code shows none in a window that runs tests. */
  function answerDialogs(answer: (text: string) => string): vscode.Disposable {
    const real = vscode.window.showWarningMessage;
    const ask = async (message: string, options: vscode.MessageOptions): Promise<string> =>
      answer(`${message}\n${options.detail}`);
    Object.assign(vscode.window, { showWarningMessage: ask });
    return { dispose: () => void Object.assign(vscode.window, { showWarningMessage: real }) };
  }

  async function openSource(): Promise<vscode.TextDocument> {
    const [file] = await vscode.workspace.findFiles(`${hello}/**/*.{js,mjs,ts}`, '**/node_modules/**', 1);
    assert.ok(file, 'hello-node has no source');
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    return document;
  }
});
