import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../base/index.ts';
import type { ApprovalRequest } from '../protocol/editor/index.ts';
import type { PluginWorkbenchApi } from './api.ts';
import { registerAuditCommand } from './commands/audit-command.ts';
import { createFailureBoundary } from './commands/boundary.ts';
import { confirmUnconfined } from './commands/confirm-unconfined.ts';
import { registerCreateCommand } from './commands/create-plugin.ts';
import { registerDebugCommand } from './commands/debug-command.ts';
import { registerInvokeCommand } from './commands/invoke-command.ts';
import { askForMore, askPermission, confirmStop } from './commands/permission-prompt.ts';
import { registerReportCommands } from './commands/report-commands.ts';
import { registerRunCommands } from './commands/run-commands.ts';
import { registerTestCommand } from './commands/test-command.ts';
import { registerTightenCommand } from './commands/tighten-command.ts';
import { commandId } from './contributions/index.ts';
import { createApi } from './create-api.ts';
import { registerDebugConfigurations } from './debugging/debug-configurations.ts';
import { createDebugSessions } from './debugging/debug-sessions.ts';
import { createCrashMessages } from './host/crash-messages.ts';
import { createEditorHost, dataDirOf } from './host/editor-host.ts';
import { showHostNotice } from './host/host-notices.ts';
import { loadBackground } from './load-background.ts';
import { createDenialMarks } from './output/denial-marks.ts';
import { createDocuments } from './output/documents.ts';
import { createHostProblems } from './output/host-problems.ts';
import { createPluginLogs } from './output/plugin-logs.ts';
import { createPluginBoard } from './plugins/plugin-board.ts';
import { createPluginFinder } from './plugins/plugin-finder.ts';
import { createPluginRunner } from './plugins/plugin-runner.ts';
import { describeCrash } from './presentation/crash-report.ts';
import { createReportDocuments } from './reports/report-documents.ts';
import { readSettings } from './settings.ts';
import { createTestRuns } from './testing/test-runs.ts';
import { keepPluginTypes } from './types/plugin-types.ts';
import { keepContextKeys } from './views/context-keys.ts';
import { createManifestLens } from './views/manifest-lens.ts';
import { createPermissionsTree } from './views/permissions-tree.ts';
import { createPluginsTree } from './views/plugins-tree.ts';
import { createStatusBar } from './views/status-bar.ts';
import { watchSettings } from './watch-settings.ts';

/** The extension at work in one window. */
export interface Workbench extends Disposable {
  readonly api: PluginWorkbenchApi;
  /** Stops the plugins, the host and the language server; resolves when none of their processes is left. */
  shutdown(): Promise<void>;
}

/** Wires the parts. What can wait (the search for plugins, the language server) happens after it returns. */
export function createWorkbench(context: vscode.ExtensionContext): Workbench {
  const held = new DisposableStore();
  const log = held.add(vscode.window.createOutputChannel('Plugin Workbench', { log: true }));
  const boundary = createFailureBoundary(log);
  const settings = readSettings();
  const board = held.add(createPluginBoard());
  const finder = held.add(createPluginFinder(boundary.report));
  const supervisor = createEditorHost(context, settings, log);
  const runner = createPluginRunner({
    board,
    supervisor,
    isTrusted: () => vscode.workspace.isTrusted,
    reloadOnSave: settings.reloadOnSave,
    isUnconfined: id => settings.unconfinedPlugins().includes(id),
    askPermission,
    confirmStop,
    confirmUnconfined,
  });
  const logs = held.add(createPluginLogs(board));
  const problems = held.add(createHostProblems(board));
  const denials = held.add(createDenialMarks(board, boundary.report));
  const documents = held.add(createDocuments());
  const showCrash = createCrashMessages(board, {
    isExpected: ({ folder }) => runner.isStarting(folder.dir),
    showLog: ({ folder }) => logs.channelOf(folder.dir).show(true),
    run: ({ folder }) => void runner.start(folder.dir).catch(boundary.report),
    showReport: ({ folder }, report) => {
      const name = `Crash of ${folder.name.replaceAll('/', ' ')} ${report.id}`;
      documents.show(name, describeCrash(report)).catch(boundary.report);
    },
  });
  const restartHost = (): void => void supervisor.restart().catch(boundary.report);

  held.add(finder.onDidChange(folders => board.setFolders(folders)));
  held.add(
    supervisor.onEvent(event => {
      // The board first: the others ask it which plugin an event is about.
      const denial = board.receive(event);
      logs.receive(event, denial);
      problems.receive(event);
      denials.receive(event);
      showCrash(event);
      if (event.type === 'approvalNeeded') void offerMore(event.request).catch(boundary.report);
    }),
  );
  held.add(
    supervisor.onNotice(notice => {
      if (notice.type === 'ended') board.hostLost(notice.restartInMs !== undefined);
      if (notice.type === 'restarting') board.hostLost(true);
      if (notice.type === 'restored') {
        for (const { pluginId } of notice.failed) {
          const status = board.byId(pluginId)?.status;
          if (status?.pid === undefined && status !== undefined)
            board.setStatus({ ...status, state: 'stopped' });
        }
      }
      showHostNotice(notice, log, restartHost);
    }),
  );

  async function offerMore(request: ApprovalRequest): Promise<void> {
    if (!(await askForMore(request))) return;
    const capabilities = request.capabilities.map(({ key }) => key);
    await supervisor.call('grantsApprove', { ...request, capabilities });
  }

  const tree = held.add(
    createPluginsTree({
      board,
      isUnconfined: id => id !== undefined && settings.unconfinedPlugins().includes(id),
      message: () =>
        vscode.workspace.isTrusted || board.entries().length === 0
          ? undefined
          : 'Restricted Mode: manifests are checked, but no plugin runs until you trust this workspace.',
    }),
  );
  const lens = held.add(createManifestLens(board));
  const types = held.add(keepPluginTypes(board, context.asAbsolutePath('dist/sdk/node'), log));
  held.add(createStatusBar(board));
  held.add(keepContextKeys(board));
  held.add(watchSettings({ supervisor, tree, types }, restartHost));

  const started = afterActivation();
  const language = started
    .then(loadBackground)
    .then(({ startLanguageService }) => startLanguageService(context.asAbsolutePath('dist/server.cjs'), log));
  language.catch(boundary.report);
  const reports = held.add(createReportDocuments(() => language));

  const dataDir = dataDirOf(context);
  const permissions = held.add(
    createPermissionsTree({ board, language: () => language, dataDir, report: boundary.report }),
  );
  language.then(
    service => held.add(service.onPermissionsChanged(() => permissions.refresh())),
    // That it does not run was told.
    () => undefined,
  );
  held.add(
    supervisor.onEvent(event => {
      if (event.type === 'audit') permissions.refresh();
    }),
  );

  const sessions = held.add(createDebugSessions({ board, runner, report: boundary.report }));
  held.add(
    registerDebugConfigurations(board, target =>
      vscode.commands.executeCommand(commandId('debugPlugin'), target),
    ),
  );

  const tests = held.add(createTestRuns({ runner, supervisor }));

  const parts = { board, runner, logs, log };
  for (const command of [
    ...registerRunCommands(boundary, parts),
    registerDebugCommand(boundary, { board, sessions }),
    registerTestCommand(boundary, { board, tests }),
    registerInvokeCommand(boundary, parts),
    registerAuditCommand(boundary, { board, supervisor, documents }),
    registerCreateCommand(boundary, { finder, templatesDir: context.asAbsolutePath('templates') }),
    ...registerReportCommands(boundary, { board, reports }),
    registerTightenCommand(boundary, { board, language: () => language, dataDir }),
    boundary.register('comparePermissions', async () => permissions.refresh()),
    boundary.register('restartHost', () => supervisor.restart()),
    boundary.register('refresh', () => finder.scan()),
  ]) {
    held.add(command);
  }

  held.add(
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      tree.refresh();
      lens.refresh();
      types.refresh();
    }),
  );

  const ready = started.then(async () => {
    await finder.scan();
    await vscode.commands.executeCommand('setContext', 'pluginWorkbench.scanned', true);
  });
  ready.catch(boundary.report);

  return {
    api: createApi({ board, runner, supervisor, ready }),
    shutdown: async () => {
      const server = await language.catch(() => undefined);
      await Promise.allSettled([supervisor.shutdown(), server?.stop()]);
    },
    dispose: () => held.dispose(),
  };
}

/** Lets VS Code go on with its own start first. */
function afterActivation(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}
