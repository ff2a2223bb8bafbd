import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PluginWorkbenchApi, WorkspacePlugin } from '../../../src/extension/extension.ts';
import { picture } from './pictures.ts';
import { eventually, fileAt, openWorkbench, pluginIn, processExists, replaceText } from './workbench.ts';

const folder = 'debuggee';

/** It asks for nothing, so that no dialog asks whether it may. */
const manifest = {
  id: folder,
  name: 'Debuggee',
  version: '1.0.0',
  description: 'A plugin to be debugged.',
  author: 'The tests',
  main: 'index.mjs',
  minHostVersion: '1.0.0',
  requiredFeatures: [],
  permissions: {},
};

const code = `let count = 0;

export function activate({ commands, name }) {
  commands.register('count', () => {
    count += 1;
    return { count };
  });
}

export const getState = () => ({ count });
export const restoreState = state => { count = state.count; };
`;

interface Message {
  readonly type: string;
  readonly event?: string;
  readonly body?: { readonly reason?: string; readonly threadId?: number };
}

/** A place where the debugger stands. */
interface Stop {
  readonly session: vscode.DebugSession;
  readonly threadId: number;
}

suite('debugging a plugin', () => {
  let api: PluginWorkbenchApi;
  let source: vscode.TextDocument;
  let stops: Stop[] = [];
  const stopping = new vscode.EventEmitter<void>();
  const held: vscode.Disposable[] = [stopping];

  const plugin = (): WorkspacePlugin => pluginIn(api, folder);
  const whenPlugin = (fits: (plugin: WorkspacePlugin) => boolean): Promise<WorkspacePlugin> =>
    eventually(() => (fits(plugin()) ? plugin() : undefined), api.plugins.onDidChange);
  const nextStop = (): Promise<Stop> => eventually(() => stops.shift(), stopping.event);

  suiteSetup(async () => {
    api = await openWorkbench();
    await vscode.workspace.fs.writeFile(fileAt(`${folder}/index.mjs`), Buffer.from(code));
    await vscode.workspace.fs.writeFile(
      fileAt(`${folder}/plugin.json`),
      Buffer.from(JSON.stringify(manifest, undefined, 2)),
    );
    const listed = (): true | undefined =>
      api.plugins.list().some(({ dir, id }) => dir === fileAt(folder).fsPath && id !== undefined) ||
      undefined;
    await eventually(listed, api.plugins.onDidChange);
    source = await vscode.workspace.openTextDocument(fileAt(`${folder}/index.mjs`));
    await vscode.window.showTextDocument(source);
    held.push(
      vscode.debug.registerDebugAdapterTrackerFactory('*', {
        createDebugAdapterTracker: session => ({
          onDidSendMessage: ({ type, event, body }: Message) => {
            if (type !== 'event' || event !== 'stopped') return;
            stops.push({ session, threadId: body?.threadId ?? 0 });
            stopping.fire();
          },
        }),
      }),
    );
  });

  teardown(() => {
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    stops = [];
  });

  suiteTeardown(async () => {
    await vscode.debug.stopDebugging();
    if (plugin().status?.pid !== undefined) await api.plugins.stop(plugin().id ?? '');
    for (const one of held) one.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(fileAt(folder), { recursive: true });
  });

  function breakAt(text: string): vscode.SourceBreakpoint {
    const at = source.positionAt(source.getText().indexOf(text));
    assert.ok(at.line > 0, `${text} is not in the source`);
    const breakpoint = new vscode.SourceBreakpoint(new vscode.Location(source.uri, at));
    vscode.debug.addBreakpoints([breakpoint]);
    return breakpoint;
  }

  async function look({ session, threadId }: Stop, expression: string) {
    const { stackFrames } = await session.customRequest('stackTrace', { threadId, startFrame: 0, levels: 1 });
    const [frame] = stackFrames as { readonly id: number; readonly line: number }[];
    assert.ok(frame);
    const { result } = await session.customRequest('evaluate', {
      expression,
      frameId: frame.id,
      context: 'watch',
    });
    return { line: source.lineAt(frame.line - 1).text.trim(), result: String(result) };
  }

  const resume = ({ session, threadId }: Stop): Thenable<unknown> =>
    session.customRequest('continue', { threadId });

  test('Debug above the manifest stops at breakpoints in activate and in a command, and so does a reload', async () => {
    const inActivate = breakAt("commands.register('count'");
    await vscode.workspace.openTextDocument(fileAt(`${folder}/plugin.json`));
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      fileAt(`${folder}/plugin.json`),
    );
    const command = lenses.find(({ command: offered }) => offered?.title.endsWith('Debug'))?.command;
    assert.ok(command, 'no Debug above the manifest');
    const started = vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));

    const first = await nextStop();
    assert.deepEqual(await look(first, 'name'), {
      line: "commands.register('count', () => {",
      result: "'Debuggee'",
    });
    vscode.debug.removeBreakpoints([inActivate]);
    const inCommand = breakAt('return { count }');
    await resume(first);
    await started;
    const { status } = await whenPlugin(({ status: now }) => now?.state === 'running');
    assert.equal(status?.confinement?.level, 'sandboxed');

    const answer = api.plugins.invoke(plugin().id ?? '', 'count', null);
    const second = await nextStop();
    assert.equal((await look(second, 'count')).result, '1');
    await picture('debugging');
    await resume(second);
    assert.equal(((await answer) as { count: number }).count, 1);

    const generation = status?.generation ?? 0;
    await replaceText(source, `${source.getText()}\n// Saved by a test.\n`);
    await source.save();
    await whenPlugin(({ status: now }) => now?.state === 'running' && now.generation > generation);
    const again = api.plugins.invoke(plugin().id ?? '', 'count', null);
    const third = await nextStop();
    assert.equal(
      (await look(third, 'count')).result,
      '2',
      'it stands in the new instance, with the old state',
    );
    vscode.debug.removeBreakpoints([inCommand]);
    await resume(third);
    assert.equal(((await again) as { count: number }).count, 2);
  });

  test('stopping the session stops the plugin, and kills nothing else', async () => {
    const { status } = plugin();
    assert.ok(status?.pid);
    await vscode.debug.stopDebugging();
    await whenPlugin(({ status: now }) => now?.state === 'stopped');
    assert.equal(processExists(status.pid), false);
    assert.ok(processExists(api.hostPid() ?? 0));
  });

  test('a configuration of launch.json debugs, and stopping the plugin ends the session', async () => {
    const breakpoint = breakAt("commands.register('count'");
    const ended = new Promise<void>(resolve => {
      held.push(
        vscode.debug.onDidTerminateDebugSession(({ parentSession }) => {
          if (!parentSession) resolve();
        }),
      );
    });
    const [root] = vscode.workspace.workspaceFolders ?? [];
    void vscode.debug.startDebugging(root, {
      type: 'plugin-workbench',
      request: 'launch',
      name: 'A plugin',
      dir: `\${workspaceFolder}/${folder}`,
    });
    const stop = await nextStop();
    vscode.debug.removeBreakpoints([breakpoint]);
    await resume(stop);
    await whenPlugin(({ status }) => status?.state === 'running');
    await api.plugins.stop(plugin().id ?? '');
    await ended;
  });
});
