import * as vscode from 'vscode';
import type { CrashReport, HostEvent } from '../../protocol/editor/index.ts';
import { isAlive, type PluginBoard, type PluginEntry } from '../plugins/plugin-board.ts';

/** What a message about a failed plugin offers. */
export interface CrashActions {
  /** A start that the user waits for tells of its failure itself. */
  isExpected(entry: PluginEntry): boolean;
  showLog(entry: PluginEntry): void;
  run(entry: PluginEntry): void;
  showReport(entry: PluginEntry, report: CrashReport): void;
}

/** Tells the user of a plugin that failed by itself: a crash, a limit, a reload that could not be loaded. */
export function createCrashMessages(board: PluginBoard, actions: CrashActions): (event: HostEvent) => void {
  /** The crash a plugin has not been started after. */
  const reports = new Map<string, CrashReport>();
  return event => {
    if (event.type === 'crash') {
      reports.set(event.report.pluginId, event.report);
      showRestart(event.report, board, actions);
    } else if (event.type === 'state' && ['starting', 'stopped'].includes(event.status.state)) {
      reports.delete(event.status.pluginId);
    }
    const pluginId = event.type === 'state' ? event.status.pluginId : '';
    showFailure(event, reports.get(pluginId), board, actions);
  };
}

/** The first of a row of crashes; the plugin is about to run again. */
function showRestart(report: CrashReport, board: PluginBoard, actions: CrashActions): void {
  const entry = board.byId(report.pluginId);
  if (entry === undefined || report.outcome.kind !== 'restart' || report.outcome.attempt > 1) return;
  const message = `${entry.folder.name} ended unexpectedly and is started again with the state it had: ${report.problem.message}`;
  void vscode.window.showWarningMessage(message, 'Show Report').then(chosen => {
    if (chosen !== undefined) actions.showReport(entry, report);
  });
}

function showFailure(
  event: HostEvent,
  report: CrashReport | undefined,
  board: PluginBoard,
  actions: CrashActions,
): void {
  if (event.type === 'state' && event.status.state === 'failed') {
    const entry = board.byId(event.status.pluginId);
    if (entry === undefined || actions.isExpected(entry)) return;
    const { problem } = event.status;
    const message = `${entry.folder.name} failed: ${problem?.message ?? 'it ended unexpectedly.'}`;
    void vscode.window
      .showErrorMessage(
        [message, problem?.nextStep].filter(Boolean).join(' '),
        'Run Again',
        ...(report ? ['Show Report'] : []),
        'Show Log',
      )
      .then(chosen => {
        if (chosen === 'Run Again') actions.run(entry);
        if (chosen === 'Show Report' && report) actions.showReport(entry, report);
        if (chosen === 'Show Log') actions.showLog(entry);
      });
  } else if (event.type === 'problem' && event.problem !== undefined) {
    const entry = board.byId(event.pluginId);
    // The Problems view marks the line; while the old code serves on, a line in the status bar is enough.
    if (entry === undefined || !isAlive(entry.status?.state) || actions.isExpected(entry)) return;
    vscode.window.setStatusBarMessage(`$(warning) ${entry.folder.name}: ${event.problem.message}`, 10_000);
  }
}
