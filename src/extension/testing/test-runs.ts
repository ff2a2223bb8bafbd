import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/index.ts';
import type { TestReport } from '../../protocol/editor/index.ts';
import type { HostSupervisor } from '../host/host-supervisor.ts';
import type { PluginFolder } from '../plugins/plugin-folder.ts';
import type { PluginRunner } from '../plugins/plugin-runner.ts';
import { placeOf } from '../presentation/problem-place.ts';
import { testLines, testSummary } from '../presentation/test-text.ts';

/** Runs the tests of plugins and shows what comes of them. */
export interface TestRuns extends Disposable {
  /** Resolves to the report; `undefined` when the user stopped it. */
  run(folder: PluginFolder): Promise<TestReport | undefined>;
}

/** What runs are made from. */
export interface TestRunsPorts {
  readonly runner: Pick<PluginRunner, 'test'>;
  readonly supervisor: Pick<HostSupervisor, 'onEvent'>;
}

/** The owner's name, as `vscode.languages.getDiagnostics` gives it in `source`. */
const collectionName = 'plugin-workbench-tests';

/** Results go to an output channel, failures to their lines, until the next run of the plugin. */
export function createTestRuns({ runner, supervisor }: TestRunsPorts): TestRuns {
  const held = new DisposableStore();
  const output = held.add(vscode.window.createOutputChannel('Plugin Tests'));
  /** Plugin folder → its failures; a file can be in nested plugins. */
  const collections = new Map<string, vscode.DiagnosticCollection>();

  held.add(
    supervisor.onEvent(event => {
      if (event.type !== 'test') return;
      if (event.output !== undefined) output.appendLine(event.output);
      if (event.test) for (const line of testLines(event.test)) output.appendLine(line);
    }),
  );

  function collectionOf(folder: PluginFolder): vscode.DiagnosticCollection {
    const collection =
      collections.get(folder.dir) ?? held.add(vscode.languages.createDiagnosticCollection(collectionName));
    collections.set(folder.dir, collection);
    collection.clear();
    return collection;
  }

  function mark(folder: PluginFolder, { tests }: TestReport): void {
    const byFile = new Map<string, vscode.Diagnostic[]>();
    for (const { name, outcome, message = 'It failed.', failedAt } of tests) {
      if (outcome !== 'failed') continue;
      const problem = { code: collectionName, message, ...(failedAt ? { location: failedAt } : {}) };
      const { file, line, character } = placeOf(problem, folder);
      const range = new vscode.Range(line, character, line, Number.MAX_SAFE_INTEGER);
      const diagnostic = new vscode.Diagnostic(range, `${name}: ${message}`);
      diagnostic.source = collectionName;
      byFile.set(file, [...(byFile.get(file) ?? []), diagnostic]);
    }
    const collection = collectionOf(folder);
    for (const [file, diagnostics] of byFile) collection.set(vscode.Uri.file(file), diagnostics);
  }

  async function run(folder: PluginFolder): Promise<TestReport | undefined> {
    output.appendLine(`\n▶ ${folder.name} (${vscode.workspace.asRelativePath(folder.dir)})`);
    const report = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: `Testing ${folder.name}`,
        cancellable: true,
      },
      async (_progress, token) => {
        const abort = new AbortController();
        const subscription = token.onCancellationRequested(() => abort.abort());
        try {
          return await runner.test(folder.dir, abort.signal);
        } catch (error) {
          if (abort.signal.aborted) return undefined;
          throw error;
        } finally {
          subscription.dispose();
        }
      },
    );
    if (report === undefined) {
      output.appendLine('Stopped.');
      return undefined;
    }
    mark(folder, report);
    const { text, good } = testSummary(folder.name, report);
    output.appendLine(`${report.runner}: ${text}`);
    void tell(text, good);
    return report;
  }

  async function tell(text: string, good: boolean): Promise<void> {
    const action = 'Show Output';
    const show = good ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
    if ((await show(text, action)) === action) output.show(true);
  }

  return { run, dispose: () => held.dispose() };
}
