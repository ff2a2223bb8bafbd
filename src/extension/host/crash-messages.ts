import * as vscode from 'vscode';
import type { HostEvent } from '../../protocol/editor/index.ts';
import { isAlive, type PluginBoard, type PluginEntry } from '../plugins/plugin-board.ts';

/** What a message about a failed plugin offers. */
export interface CrashActions {
  /** A start that the user waits for tells of its failure itself. */
  isExpected(entry: PluginEntry): boolean;
  showLog(entry: PluginEntry): void;
  run(entry: PluginEntry): void;
}

/** Tells the user of a plugin that failed by itself: a crash, a limit, a reload that could not be loaded. */
export function showCrash(event: HostEvent, board: PluginBoard, actions: CrashActions): void {
  if (event.type === 'state' && event.status.state === 'failed') {
    const entry = board.byId(event.status.pluginId);
    if (entry === undefined || actions.isExpected(entry)) return;
    const { problem } = event.status;
    const message = `${entry.folder.name} failed: ${problem?.message ?? 'it ended unexpectedly.'}`;
    void vscode.window
      .showErrorMessage([message, problem?.nextStep].filter(Boolean).join(' '), 'Run Again', 'Show Log')
      .then(chosen => {
        if (chosen === 'Run Again') actions.run(entry);
        if (chosen === 'Show Log') actions.showLog(entry);
      });
  } else if (event.type === 'problem' && event.problem !== undefined) {
    const entry = board.byId(event.pluginId);
    // The Problems view marks the line; while the old code serves on, a line in the status bar is enough.
    if (entry === undefined || !isAlive(entry.status?.state) || actions.isExpected(entry)) return;
    vscode.window.setStatusBarMessage(`$(warning) ${entry.folder.name}: ${event.problem.message}`, 10_000);
  }
}
